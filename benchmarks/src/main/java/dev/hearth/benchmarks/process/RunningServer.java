package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A contender's process, started. Closing it ends the process, and so does the end of its life time, so that whoever waits for an answer
 * of one that hangs sees its connection end.
 *
 * <p>One that says where it listens is waited for, which takes no CPU from the start that is being measured. The others are tried once
 * a millisecond, as are sockets.
 */
final class RunningServer implements AutoCloseable {

  private static final long READY_LIMIT_SECONDS = 60;
  private static final long END_LIMIT_SECONDS = 60;
  private static final ScheduledExecutorService REAPER =
      Executors.newSingleThreadScheduledExecutor(
          body -> {
            Thread thread = new Thread(body, "reaper");
            thread.setDaemon(true);
            return thread;
          });

  /** Ended with this process, however that ends. */
  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LIVE.forEach(Process::destroyForcibly), "leftovers"));
  }

  private final Contender contender;
  private final Process process;
  private final ProcessOutput output;
  private final Door door;
  private final Future<?> death;
  private final long startNanos;

  private RunningServer(
      Contender contender,
      Process process,
      ProcessOutput output,
      Door door,
      Duration life,
      long startNanos) {
    this.contender = contender;
    this.process = process;
    this.output = output;
    this.door = door;
    this.startNanos = startNanos;
    death = REAPER.schedule(process::destroyForcibly, life.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts a contender. */
  static RunningServer start(Contender contender, Duration life) throws IOException {
    Door door = Door.of(contender);
    List<String> command = new ArrayList<>();
    for (String word : contender.command()) {
      command.add(door.fill(word));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (Map.Entry<String, String> variable : contender.environment().entrySet()) {
      builder.environment().put(variable.getKey(), door.fill(variable.getValue()));
    }
    long startNanos = System.nanoTime();
    Process process = builder.start();
    LIVE.add(process);
    ProcessOutput output = ProcessOutput.of(process, contender.name());
    return new RunningServer(contender, process, output, door, life, startNanos);
  }

  /**
   * A way to it, as soon as it can be had.
   *
   * @throws IOException if it ends or cannot be reached within a minute; the message holds what it said
   */
  Line open() throws IOException, InterruptedException {
    RuntimeApi api = door.api();
    return api == null ? new HttpLine(connect()) : new RuntimeLine(api);
  }

  /** A connection to it, as soon as it can be had. */
  Wire connect() throws IOException, InterruptedException {
    SocketAddress address = address();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_LIMIT_SECONDS);
    while (true) {
      try {
        return Wire.to(address);
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw notReady(e);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  /** Where it takes calls by HTTP; waits until it has said so if it does. */
  SocketAddress address() throws IOException, InterruptedException {
    return switch (contender.entrance()) {
      case ANNOUNCED -> new InetSocketAddress(InetAddress.getLoopbackAddress(), said()[0]);
      case PORT -> door.tcp();
      case SOCKET -> door.unix();
      case RUNTIME_API -> throw new IOException(contender.name() + " is not called by HTTP");
    };
  }

  /** Where it is administered. */
  int adminPort() throws IOException, InterruptedException {
    return said()[1];
  }

  private int[] said() throws IOException, InterruptedException {
    try {
      return output.ports().get(READY_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw notReady(e);
    }
  }

  private IOException notReady(Exception cause) {
    return new IOException(
        contender.name()
            + " cannot be reached, command "
            + contender.command()
            + ", it said: "
            + output.said(),
        cause);
  }

  /** When its process was started, as {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  long pid() {
    return process.pid();
  }

  /** CPU time of the process so far, in milliseconds; 0 where the platform does not tell. */
  double cpuMillis() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /** Resident memory in MiB; 0 where the platform does not tell. */
  double residentMebibytes() {
    return status("VmRSS:");
  }

  /** The most it ever was resident, in MiB; 0 where the platform does not tell. */
  double peakMebibytes() {
    return status("VmHWM:");
  }

  private double status(String key) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(key)) {
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

  /** Ends it, with as much time as its JVM may need to write an archive. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = process.descendants().toList();
    process.toHandle().destroy(); // which leaves its streams open, unlike the process's own
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    for (ProcessHandle child : children) {
      child.destroyForcibly();
    }
    LIVE.remove(process);
    death.cancel(false);
    door.close();
  }

  private void check(String answer) throws IOException {
    if (!answer.equals(contender.call().answer())) {
      throw new IOException(
          contender.name()
              + " answered '"
              + beginning(answer)
              + "' instead of '"
              + beginning(contender.call().answer())
              + "'");
    }
  }

  private static String beginning(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  private final class HttpLine implements Line {
    private final byte[] request = contender.request();
    private Wire wire;

    HttpLine(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void call() throws IOException, InterruptedException {
      if (wire.ended()) {
        wire.close();
        wire = connect();
      }
      check(wire.exchange(request));
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private final class RuntimeLine implements Line {
    private final RuntimeApi api;

    RuntimeLine(RuntimeApi api) {
      this.api = api;
    }

    @Override
    public void call() throws IOException, InterruptedException {
      check(api.call(contender.call().event()));
    }

    @Override
    public void close() {}
  }
}
