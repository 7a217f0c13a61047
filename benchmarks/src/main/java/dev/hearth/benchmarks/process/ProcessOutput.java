package dev.hearth.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a contender's process prints, for as long as it prints. Thread-safe. */
final class ProcessOutput implements Runnable {

  private static final Pattern READY =
      Pattern.compile(
          "ready.* http://127\\.0\\.0\\.1:(\\d+)(?:.* admin=http://127\\.0\\.0\\.1:(\\d+))?");
  private static final int KEPT_LINES = 60;

  private final CompletableFuture<int[]> ports = new CompletableFuture<>();
  private final Process process;
  private final List<String> first = new ArrayList<>(); // guarded by itself

  private ProcessOutput(Process process) {
    this.process = process;
  }

  static ProcessOutput of(Process process, String name) {
    ProcessOutput output = new ProcessOutput(process);
    Thread reader = new Thread(output, name + "-output");
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  /** The port it says it listens at, and that of administration or 0; fails if it ends before. */
  Future<int[]> ports() {
    return ports;
  }

  /** Its first lines. */
  String said() {
    synchronized (first) {
      return String.join("\n", first);
    }
  }

  @Override
  public void run() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      ports.completeExceptionally(e);
    }
    ports.completeExceptionally(new IOException("the process ended"));
  }

  private void accept(String line) {
    synchronized (first) {
      if (first.size() < KEPT_LINES) {
        first.add(line);
      }
    }
    if (!ports.isDone()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        String admin = ready.group(2);
        ports.complete(
            new int[] {
              Integer.parseInt(ready.group(1)), admin == null ? 0 : Integer.parseInt(admin)
            });
      }
    }
  }
}
