package dev.hearth.http.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What the Runtime API is told about a failure.
 *
 * @param type {@code Runtime.} or {@code Function.} and a word that begins with a capital letter
 * @param document the error document, which the caller gets byte for byte
 * @param cause X-Ray's view of it as JSON in ASCII, or null
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record ErrorReport(String type, byte[] document, @Nullable String cause) {

  /** The handler cannot be bound, or failed to start. */
  public static final String BAD_CODE = "Runtime.BadFunctionCode";

  /** The handler threw. */
  public static final String USER_EXCEPTION = "Runtime.UserException";

  /** The handler threw when a part of its answer was on its way. */
  public static final String STREAM_ERROR = "Runtime.StreamError";

  /** A hook threw before the process was stored. */
  public static final String BEFORE_CHECKPOINT = "Runtime.BeforeCheckpointError";

  /** A hook threw after the process was brought back. */
  public static final String AFTER_RESTORE = "Runtime.AfterRestoreError";

  /** The time was up. */
  public static final String TIMED_OUT = "Runtime.Timedout";

  /** There was no room for the call, or it was cut off. */
  public static final String UNAVAILABLE = "Runtime.Unavailable";

  /** More than the platform takes. */
  public static final String TOO_LARGE = "Function.ResponseSizeTooLarge";

  /** The same of another type. */
  public ErrorReport as(String other) {
    return new ErrorReport(other, document, cause);
  }
}
