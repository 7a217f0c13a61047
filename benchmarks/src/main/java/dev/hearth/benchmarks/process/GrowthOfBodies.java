package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the size of a body costs when the function sends it back as it comes. A process for each size, with a heap that cannot hold the largest. */
final class GrowthOfBodies {

  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final int LIMIT_MILLIS = 60_000;

  private final Contender host;

  GrowthOfBodies(Path distribution, Path javaHome, FunctionJars jars) throws IOException {
    host =
        Contenders.hearth("hearth", distribution, javaHome, jars.copy())
            .variable("HEARTH_JVM_OPTS", "-Xmx64m");
  }

  /**
   * Measures.
   *
   * @param steps bytes
   * @param calls of each, after some that do not count
   */
  List<Row> measure(List<Integer> steps, int calls) throws IOException, InterruptedException {
    List<Row> rows = Growth.rows(steps);
    for (int i = 0; i < steps.size(); i++) {
      try (RunningServer server = RunningServer.start(host, LIFE)) {
        for (int call = -2; call < calls; call++) {
          double millis = exchange((InetSocketAddress) server.address(), steps.get(i));
          if (call >= 0) {
            rows.get(i).add("time, ms", millis);
          }
        }
        rows.get(i).add("peak RSS, MiB", server.peakMebibytes());
      }
    }
    return rows;
  }

  private static double exchange(InetSocketAddress address, int bytes)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
      long start = System.nanoTime();
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket, bytes));
      receive(socket.getInputStream(), bytes);
      double millis = (System.nanoTime() - start) / 1e6;
      sent.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      return millis;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a body of " + bytes + " bytes cannot be sent", e);
    }
  }

  private static void send(Socket socket, int bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                  + bytes
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[Math.min(bytes, 1 << 16)];
      for (int left = bytes; left > 0; left -= part.length) {
        out.write(part, 0, Math.min(left, part.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All there is until the end; as long as the body at least, with its head and the marks of its chunks. */
  private static void receive(InputStream in, int bytes) throws IOException {
    byte[] part = new byte[1 << 16];
    String head = "";
    long received = 0;
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      if (received == 0) {
        head = new String(part, 0, Math.min(read, 60), StandardCharsets.ISO_8859_1);
      }
      received += read;
    }
    if (!head.startsWith("HTTP/1.1 200") || received < bytes) {
      throw new IOException("of " + bytes + " bytes " + received + " came back: " + head);
    }
  }
}
