/**
 * Signatures that need no vendor: those of {@code java.util.function}, Hearth's own interfaces, and any
 * public method. Bound by the host itself, so that the simplest function needs nothing but its own classes.
 */
@NullMarked
package dev.hearth.signature.plain;

import org.jspecify.annotations.NullMarked;
