package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Puts processes on processors of their own, by {@code taskset}. */
final class Pinning {

  private Pinning() {}

  /** Whether that is possible here. */
  static boolean possible() throws InterruptedException {
    return Runtime.getRuntime().availableProcessors() >= 2
        && set(ProcessHandle.current().pid(), all());
  }

  /** A server on the first processor, this process on the second. */
  static void apart(long server) throws IOException, InterruptedException {
    if (!set(server, "0") || !set(ProcessHandle.current().pid(), "1")) {
      throw new IOException("taskset cannot pin process " + server);
    }
  }

  /** Both on all again. */
  static void together(long server) throws InterruptedException {
    set(server, all());
    set(ProcessHandle.current().pid(), all());
  }

  private static String all() {
    return "0-" + (PROCESSORS - 1);
  }

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static boolean set(long pid, String processors) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("taskset", "-a", "-c", "-p", processors, String.valueOf(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }
}
