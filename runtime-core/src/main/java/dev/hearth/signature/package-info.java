/**
 * Recognising and binding each user API.
 *
 * <p>{@link dev.hearth.signature.Signatures} finds the handler of an archive, tells which {@link
 * dev.hearth.signature.spi.Signature} it has, and binds it. Each family of signatures is a package below this
 * one, written against {@code dev.hearth.signature.spi}; {@link dev.hearth.signature.Signatures#standard} lists
 * them, and nothing else of the host knows any.
 */
@NullMarked
package dev.hearth.signature;

import org.jspecify.annotations.NullMarked;
