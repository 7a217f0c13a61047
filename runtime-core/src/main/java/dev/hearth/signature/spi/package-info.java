/**
 * What a binding is written against. A binding turns one user API into an {@link
 * dev.hearth.signature.spi.Invoker}; it sees these types, {@code dev.hearth.function}, the JDK and the
 * function's own classes, nothing else.
 */
@NullMarked
package dev.hearth.signature.spi;

import org.jspecify.annotations.NullMarked;
