/** How other modules give functions something warm: {@link dev.hearth.instance.spi.ResourceProvider}. */
@NullMarked
package dev.hearth.instance.spi;

import org.jspecify.annotations.NullMarked;
