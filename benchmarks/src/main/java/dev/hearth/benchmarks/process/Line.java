package dev.hearth.benchmarks.process;

import java.io.IOException;

/** One caller's way to a running contender, used by one thread. */
interface Line extends AutoCloseable {

  /**
   * Calls it once.
   *
   * @throws IOException if the answer is not the one expected
   */
  void call() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
