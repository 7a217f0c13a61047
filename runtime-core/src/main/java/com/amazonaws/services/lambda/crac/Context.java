package com.amazonaws.services.lambda.crac;

/**
 * Resources that are told together.
 *
 * @param <R> what may be registered
 */
public abstract class Context<R extends Resource> implements Resource {

  protected Context() {}

  /**
   * Tells every resource, the last registered first.
   *
   * @throws CheckpointException if some threw; what they threw is suppressed on it
   */
  @Override
  public abstract void beforeCheckpoint(Context<? extends Resource> context)
      throws CheckpointException;

  /**
   * Tells every resource, the first registered first.
   *
   * @throws RestoreException if some threw; what they threw is suppressed on it
   */
  @Override
  public abstract void afterRestore(Context<? extends Resource> context) throws RestoreException;

  /** Adds a resource, which is held weakly: who registers it keeps it alive. */
  public abstract void register(R resource);
}
