/**
 * What a family of signatures is written against.
 *
 * <p>A family has two halves. On the host's side a {@link dev.hearth.signature.spi.Signature} recognises
 * handlers by names alone, without loading a class. On the function's side a {@link
 * dev.hearth.signature.spi.Glue} is compiled against the vendor's API and defined next to the function's
 * own classes, so that it links against the copy that the function sees; it turns the handler into a {@link
 * dev.hearth.signature.spi.Binding}, and that into {@link dev.hearth.signature.spi.Invoker}s. Glue sees
 * these types, {@code dev.hearth.function}, the JDK and the function's classes, nothing else of the host.
 */
@NullMarked
package dev.hearth.signature.spi;

import org.jspecify.annotations.NullMarked;
