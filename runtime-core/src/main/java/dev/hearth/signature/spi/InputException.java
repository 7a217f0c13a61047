package dev.hearth.signature.spi;

import org.jspecify.annotations.Nullable;

/** Says that a request does not fit the function it was sent to; the sender's fault. */
public final class InputException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MALFORMED = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNSUPPORTED_TYPE = 415;

  private final int status;
  private final @Nullable String allow;

  private InputException(
      String message, @Nullable Throwable cause, int status, @Nullable String allow) {
    super(message, cause);
    this.status = status;
    this.allow = allow;
  }

  /** The body cannot be made into what the function takes. */
  public static InputException malformed(String message, @Nullable Throwable cause) {
    return new InputException(message, cause, MALFORMED, null);
  }

  /** The body's media type is one the function does not take. */
  public static InputException unsupportedType(String message) {
    return new InputException(message, null, UNSUPPORTED_TYPE, null);
  }

  /**
   * The function's own convention refuses the request with this status of HTTP.
   *
   * @throws IllegalArgumentException if the status is not within 400 to 599
   */
  public static InputException of(int status, String message) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status is " + status + "; it must be within 400 to 599");
    }
    return new InputException(message, null, status, null);
  }

  /**
   * The function does not take this method.
   *
   * @param allow the methods that it takes, as the header {@code Allow} lists them
   */
  public static InputException methodNotAllowed(String message, String allow) {
    return new InputException(message, null, METHOD_NOT_ALLOWED, allow);
  }

  /** The status of HTTP that says so, where the platform has no words of its own. */
  public int status() {
    return status;
  }

  /** The methods that are allowed, where it is the method that does not fit; else null. */
  public @Nullable String allow() {
    return allow;
  }

  /** Whether it is the media type that does not fit, rather than the content. */
  public boolean isUnsupportedType() {
    return status == UNSUPPORTED_TYPE;
  }
}
