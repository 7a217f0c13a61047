package dev.hearth.http.contract.emulator;

/** Finds what a function wanted to end the process with: the host refuses that by an exception. */
final class ExitStatus {

  /** It did not want to. */
  static final int NONE = -1;

  private static final String REFUSED_BY = ".guard.FunctionSystem";
  private static final String CALL = "System.exit(";
  private static final int DEEPEST = 32;

  private ExitStatus() {}

  /** The status, or {@link #NONE}. */
  static int of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      StackTraceElement[] frames = cause.getStackTrace();
      if (cause instanceof SecurityException
          && frames.length > 0
          && frames[0].getMethodName().equals("exit")
          && frames[0].getClassName().endsWith(REFUSED_BY)) {
        return status(String.valueOf(cause.getMessage()));
      }
      cause = cause.getCause();
    }
    return NONE;
  }

  private static int status(String message) {
    int from = message.indexOf(CALL) + CALL.length();
    int end = message.indexOf(')', from);
    try {
      return Integer.parseInt(message.substring(from, end)) & 0xFF;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return 1;
    }
  }
}
