package com.amazonaws.services.lambda.crac;

/** Where resources are registered. One per function version, because each version has its own copy of this class. */
public final class Core {

  private static final Context<Resource> GLOBAL = new GlobalContext();

  private Core() {}

  /** The context that the platform tells. */
  public static Context<Resource> getGlobalContext() {
    return GLOBAL;
  }

  /**
   * Not for functions to ask for: the platform decides when the process is stored.
   *
   * @throws UnsupportedOperationException always
   */
  @SuppressWarnings("DoNotCallSuggester") // its name and shape are given
  public static void checkpointRestore() {
    throw new UnsupportedOperationException(
        "a function cannot store its own process; the platform does that after init");
  }
}
