package dev.hearth.signature.funqy;

import org.jspecify.annotations.Nullable;

/**
 * What a request turned out to call.
 *
 * @param function the function
 * @param input what it takes; null for nothing
 * @param event the event as the function sees it; null where the request was none
 * @param message the event as it was sent, which says how the answer is sent; null where the request was none
 */
record FunqyCall(
    FunqyFunction function,
    @Nullable Object input,
    @Nullable Object event,
    @Nullable EventMessage message) {}
