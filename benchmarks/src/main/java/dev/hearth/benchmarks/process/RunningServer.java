package dev.hearth.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contender's process, started and ready. Closing it ends the process.
 *
 * <p>It is ready when it has said where it listens; waiting for that takes no CPU from the start that is
 * being measured, as trying to connect would.
 */
final class RunningServer implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("ready.* http://127\\.0\\.0\\.1:(\\d+)");
  private static final long READY_LIMIT_SECONDS = 60;
  private static final int KEPT_LINES = 50;

  private final Process process;
  private final long startNanos;
  private final int port;

  private RunningServer(Process process, long startNanos, int port) {
    this.process = process;
    this.startNanos = startNanos;
    this.port = port;
  }

  /**
   * Starts a contender.
   *
   * @throws IOException if it ends or says nothing within a minute; the message holds what it said
   */
  static RunningServer start(Contender contender) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(contender.command()).redirectErrorStream(true);
    builder.environment().putAll(contender.environment());
    long startNanos = System.nanoTime();
    Process process = builder.start();
    Output output = new Output(process);
    Thread reader = new Thread(output, contender.name() + "-output");
    reader.setDaemon(true);
    reader.start();
    try {
      int port = output.port.get(READY_LIMIT_SECONDS, TimeUnit.SECONDS);
      return new RunningServer(process, startNanos, port);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(
          contender.name() + " is not ready: " + contender.command() + "\n" + output.said(), e);
    }
  }

  int port() {
    return port;
  }

  /** When its process was started, as {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  /** CPU time of the process so far, in milliseconds; 0 where the platform does not tell. */
  double cpuMillis() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /** Resident memory in MiB; 0 where the platform does not tell. */
  double residentMebibytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  /** The options its JVM runs with, directories left out. */
  List<String> jvmOptions() {
    List<String> options = new ArrayList<>();
    for (String argument : process.info().arguments().orElse(new String[0])) {
      if (argument.startsWith("-X") || argument.startsWith("-D") || argument.startsWith("--")) {
        options.add(argument.replaceAll("/[^=,:]*/", "…/"));
      } else if (!argument.startsWith("-") && !options.isEmpty() && !argument.contains("/")) {
        break; // the main class
      }
    }
    return options;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static final class Output implements Runnable {
    final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Process process;
    private final List<String> first = new ArrayList<>(); // guarded by itself

    Output(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          accept(line);
        }
      } catch (IOException e) {
        port.completeExceptionally(e);
      }
      port.completeExceptionally(new IOException("the process ended"));
    }

    private void accept(String line) {
      synchronized (first) {
        if (first.size() < KEPT_LINES) {
          first.add(line);
        }
      }
      if (!port.isDone()) {
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
          port.complete(Integer.valueOf(address.group(1)));
        }
      }
    }

    String said() {
      synchronized (first) {
        return String.join("\n", first);
      }
    }
  }
}
