package dev.hearth.signature.spi;

/** What a function takes and gives, as far as a contract's answers depend on it. */
public enum Shape {
  /** Takes something, gives something. */
  FUNCTION,
  /** Takes something, gives nothing. */
  CONSUMER,
  /** Takes nothing, gives something. */
  SUPPLIER,
  /** Handles request and response itself. */
  EXCHANGE
}
