package com.amazonaws.services.lambda.crac;

/** Says that hooks threw; what they threw is suppressed on it. It has no message. */
public class CheckpointException extends Exception {

  private static final long serialVersionUID = 1L;

  public CheckpointException() {}
}
