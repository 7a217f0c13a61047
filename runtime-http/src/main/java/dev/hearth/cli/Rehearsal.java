package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.cli.train.SampleArchive;
import dev.hearth.cli.train.SampleEcho;
import dev.hearth.cli.train.SampleFunction;
import dev.hearth.http.Contracts;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Rehearsed;
import dev.hearth.http.contract.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Loads and calls functions of Hearth's own, as the platform would, in a process that waits to be told what to serve: its classes are loaded
 * and its code has run by then. What it does, it does in a host and a server of its own, on the loopback address, which are gone when it has
 * ended; it gives up once the process has a function. Whatever goes wrong in it is a debug line in the log and nothing else.
 */
final class Rehearsal implements Runnable {

  /** The variable that turns it off by {@code off}. */
  static final String VARIABLE = "HEARTH_REHEARSAL";

  private static final String THREAD = "hearth-rehearsal";

  /** Who starts a process because there is something to serve says so at once, and should not have to share the processor. */
  private static final long DELAY_MILLIS = 150;

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final List<Class<?>> FUNCTIONS = List.of(SampleFunction.class, SampleEcho.class);

  /** The process that is to serve something later. */
  interface Waiting {
    /** Whether it has no function yet, and is not being stopped. Any thread may ask. */
    boolean isEmpty();
  }

  private final Platform platform;
  private final Map<String, String> environment;
  private final Waiting waiting;
  private final long delayMillis;

  Rehearsal(Platform platform, Map<String, String> environment, Waiting waiting, long delayMillis) {
    this.platform = platform;
    this.environment = environment;
    this.waiting = waiting;
    this.delayMillis = delayMillis;
  }

  /** Begins soon, on a thread of its own; returns at once. */
  static void start(String contract, Map<String, String> environment, Waiting waiting) {
    Rehearsal rehearsal =
        new Rehearsal(Contracts.platform(contract), environment, waiting, DELAY_MILLIS);
    Thread thread = new Thread(null, rehearsal, THREAD, 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      Thread.sleep(delayMillis);
      rehearse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | LinkageError e) {
      LoggerFactory.getLogger(Rehearsal.class).debug("the rehearsal ended early", e);
    }
  }

  private void rehearse() throws IOException {
    if (!waiting.isEmpty()) {
      return;
    }
    Path archive = Files.createTempFile("hearth-rehearsal", ".jar");
    try {
      SampleArchive.write(archive, FUNCTIONS.toArray(new Class<?>[0]));
      for (Class<?> function : FUNCTIONS) {
        if (waiting.isEmpty()) {
          rehearse(platform.rehearsal(archive, function.getName()));
        }
      }
    } finally {
      Files.delete(archive);
    }
  }

  private void rehearse(List<Rehearsed> requests) throws IOException {
    try (Hearth host = host();
        HttpServer server =
            HttpServer.builder()
                .name(THREAD)
                .host("127.0.0.1")
                .port(0)
                .threads(1)
                .contract(platform.contract(ContractHost.of(host, environment, new Discarded())))
                .start()) {
      for (Rehearsed request : requests) {
        if (waiting.isEmpty()) {
          send(request, server.address());
        }
      }
    }
  }

  private static Hearth host() {
    Hearth.Builder builder = Hearth.builder();
    Path provided = Installation.providedApis();
    if (provided != null) {
      builder.providedApis(provided);
    }
    return builder.build();
  }

  private static void send(Rehearsed request, InetSocketAddress to) throws IOException {
    byte[] body = request.json().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + request.path()
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), to.getPort()), TIMEOUT_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      InputStream answer = socket.getInputStream();
      byte[] rest = new byte[512];
      while (answer.read(rest) >= 0) {
        // What it says matters to nobody.
      }
    }
  }

  /** Nobody is to read of what is rehearsed. */
  private static final class Discarded implements Streams {
    @Override
    public void out(String line) {}

    @Override
    public void err(String line) {}

    @Override
    public void mark(String line) {}
  }
}
