package dev.hearth.signature.spi;

/**
 * An {@link Invoker} whose vendor has a register of its own for what is to be told when the process is stored and brought
 * back. Such a register is a version's: of several instances one is told. Called between calls, with the function's
 * context class loader in place.
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
