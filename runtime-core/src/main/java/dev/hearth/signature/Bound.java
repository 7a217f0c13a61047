package dev.hearth.signature;

import dev.hearth.signature.spi.Binding;

/**
 * A handler that was found and bound.
 *
 * @param handler the handler, as {@link HandlerName#toString} writes it
 * @param signature the name of its signature, for people
 * @param binding makes instances of it
 */
public record Bound(String handler, String signature, Binding binding) {}
