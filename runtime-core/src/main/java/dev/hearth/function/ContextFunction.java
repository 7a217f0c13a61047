package dev.hearth.function;

/**
 * A function that also wants to know about its call. Otherwise as {@link java.util.function.Function}:
 * input and output types come from the type arguments, one instance serves many calls at once.
 *
 * @param <I> what it takes: bytes, text, a stream, or anything JSON can be bound to
 * @param <O> what it gives; a {@link Reply}, an {@link java.util.Optional} or a {@link
 *     java.util.concurrent.CompletionStage} of such a thing is unwrapped
 */
@FunctionalInterface
public interface ContextFunction<I, O> {

  /**
   * Handles one invocation.
   *
   * @throws Exception anything; it becomes a failed call, never the end of the host
   */
  O apply(I input, Context context) throws Exception;
}
