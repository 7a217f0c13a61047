@NullMarked
package dev.hearth.signature.funqy;

import org.jspecify.annotations.NullMarked;
