package dev.hearth.http.contract;

import java.nio.charset.StandardCharsets;

/**
 * The process's standard output and standard error, for what a platform reads there. What is written is whole lines, in UTF-8,
 * in order with what functions print, and not kept back. Thread-safe; a reader that does not take it holds the writer back.
 */
public interface Streams {

  /** Writes a line to standard output. */
  void out(String line);

  /** Writes a line, or several, to standard error. */
  void err(String line);

  /**
   * Writes a line to both streams, behind everything that functions have printed by now. A line that was begun outside of
   * any call is ended before it; those of calls under way are not.
   */
  void mark(String line);

  /**
   * Has what functions print told to somebody, too, as it is written. What was told before takes no more.
   *
   * @return whether it is: in a process of somebody else's, what functions print does not pass through Hearth
   */
  default boolean tap(Tap tap) {
    return false;
  }

  /** Is told what functions print. Thread-safe; must neither block nor throw. */
  @FunctionalInterface
  interface Tap {

    /**
     * Takes a line, or a part of one; on the thread that printed it.
     *
     * @param invocation id of the call that the thread works for
     * @param text UTF-8, borrowed: the first {@code length} bytes
     * @param ended whether a line end follows
     */
    void printed(String invocation, byte[] text, int length, boolean ended);
  }

  /** {@link System#out} and {@link System#err}, whatever they are at the time. */
  static Streams ofSystem() {
    return new OfSystem();
  }

  /** The streams of a process that is somebody else's. */
  final class OfSystem implements Streams {
    private OfSystem() {}

    @Override
    public void out(String line) {
      write(System.out, line);
    }

    @Override
    public void err(String line) {
      write(System.err, line);
    }

    @Override
    public void mark(String line) {
      out(line);
      err(line);
    }

    private static void write(java.io.PrintStream to, String line) {
      byte[] utf8 = (line + "\n").getBytes(StandardCharsets.UTF_8);
      to.write(utf8, 0, utf8.length);
      to.flush();
    }
  }
}
