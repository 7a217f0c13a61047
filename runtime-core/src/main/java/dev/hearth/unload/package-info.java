/** Takes back what a version left behind in the process when it is over, so that its class loader can be collected. */
@NullMarked
package dev.hearth.unload;

import org.jspecify.annotations.NullMarked;
