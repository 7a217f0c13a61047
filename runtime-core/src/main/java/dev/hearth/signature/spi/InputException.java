package dev.hearth.signature.spi;

import org.jspecify.annotations.Nullable;

/** Says that a request does not fit the function it was sent to; the sender's fault. */
public final class InputException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean unsupportedType;

  private InputException(String message, @Nullable Throwable cause, boolean unsupportedType) {
    super(message, cause);
    this.unsupportedType = unsupportedType;
  }

  /** The body cannot be made into what the function takes. */
  public static InputException malformed(String message, @Nullable Throwable cause) {
    return new InputException(message, cause, false);
  }

  /** The body's media type is one the function does not take. */
  public static InputException unsupportedType(String message) {
    return new InputException(message, null, true);
  }

  /** Whether it is the media type that does not fit, rather than the content. */
  public boolean isUnsupportedType() {
    return unsupportedType;
  }
}
