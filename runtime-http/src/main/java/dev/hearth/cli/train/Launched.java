package dev.hearth.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution, started by its own launcher to serve a function. */
final class Launched implements AutoCloseable {

  private static final String READY = "hearth ready: contract=native ";
  private static final long READY_SECONDS = 120;
  private static final long END_SECONDS = 180; // a cache is written then
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 2;

  private final Process process;
  private final Path log;
  private final long begin;

  private Launched(Process process, Path log, long begin) {
    this.process = process;
    this.log = log;
    this.begin = begin;
  }

  /**
   * Starts it.
   *
   * @param arguments of {@code hearth run}
   * @param log takes what it writes
   */
  static Launched start(Path home, List<String> arguments, Map<String, String> variables, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("hearth").toString());
    command.add("run");
    command.addAll(arguments);
    command.addAll(List.of("--contract", "native", "--port", "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    builder.environment().put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    return new Launched(builder.start(), log, System.nanoTime());
  }

  /**
   * Waits until it serves.
   *
   * @return the address
   * @throws IOException if it ends before, or takes too long
   */
  private URI awaitReady() throws IOException, InterruptedException {
    long end = begin + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (System.nanoTime() - end < 0) {
      for (String line : Files.readString(log).split("\n", -1)) {
        if (line.startsWith(READY) && line.contains(" admin=")) {
          return URI.create(line.substring(READY.length(), line.indexOf(" admin=")) + "/");
        }
      }
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "it ended with " + process.exitValue() + ": " + Files.readString(log).strip());
      }
    }
    throw new IOException("it was not ready within " + READY_SECONDS + " s");
  }

  /**
   * Sends it one event until it is answered.
   *
   * @return nanoseconds from its start to the end of the answer to the first
   */
  long call(Event event, int times) throws IOException, InterruptedException {
    URI address = awaitReady();
    long first = 0;
    for (int i = 0; i < times; i++) {
      call(address, event);
      if (i == 0) {
        first = System.nanoTime() - begin;
      }
    }
    return first;
  }

  private static void call(URI address, Event event) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", event.contentType());
    connection.getOutputStream().write(event.body());
    int status = connection.getResponseCode();
    if (status >= 400) {
      try (InputStream error = connection.getErrorStream()) {
        String text =
            error == null ? "" : new String(error.readAllBytes(), StandardCharsets.UTF_8).strip();
        throw new IOException("the function answered the event with " + status + ": " + text);
      }
    }
    try (InputStream answer = connection.getInputStream()) {
      answer.readAllBytes();
    }
  }

  /** Has it end as a platform does, and waits for that. */
  void end() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("it did not end within " + END_SECONDS + " s");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
