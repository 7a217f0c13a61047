package dev.hearth.signature.spi;

/**
 * An {@link Invoker} whose function wants to know when the process is stored and brought back, on platforms that do that.
 * Called between calls, with the function's context class loader in place.
 */
public interface Freezable {

  /**
   * The process is about to be stored.
   *
   * @throws Exception what the function's hooks threw, as its platform words it
   */
  void beforeFreeze() throws Exception;

  /**
   * The process has been brought back.
   *
   * @throws Exception what the function's hooks threw, as its platform words it
   */
  void afterThaw() throws Exception;
}
