/**
 * Recognising and binding each user API.
 *
 * <p>{@link dev.hearth.signature.Signatures} finds the handler of an archive, tells which signature it has, and binds it. What bindings are written against is in {@code
 * dev.hearth.signature.spi}.
 */
@NullMarked
package dev.hearth.signature;

import org.jspecify.annotations.NullMarked;
