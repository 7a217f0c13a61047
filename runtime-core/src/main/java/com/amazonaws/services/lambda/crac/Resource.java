package com.amazonaws.services.lambda.crac;

/** What wants to know that the process is about to be stored, and that it has been brought back. */
public interface Resource {

  /**
   * The process is brought back.
   *
   * @throws Exception anything; the other resources are told all the same
   */
  void afterRestore(Context<? extends Resource> context) throws Exception;

  /**
   * The process is about to be stored.
   *
   * @throws Exception anything; the other resources are told all the same
   */
  void beforeCheckpoint(Context<? extends Resource> context) throws Exception;
}
