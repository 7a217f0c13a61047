@NullMarked
package dev.hearth.signature.codec;

import org.jspecify.annotations.NullMarked;
