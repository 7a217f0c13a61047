@NullMarked
package dev.hearth.signature.spi;

import org.jspecify.annotations.NullMarked;
