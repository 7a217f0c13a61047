@NullMarked
package dev.hearth.signature.fn;

import org.jspecify.annotations.NullMarked;
