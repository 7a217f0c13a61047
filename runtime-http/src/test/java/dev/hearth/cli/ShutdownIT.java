package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that is told to stop while calls come in. */
@Timeout(120)
final class ShutdownIT {

  private static final int CALLERS = 8;
  private static final String REQUEST =
      "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";

  @TempDir Path directory;

  @Test
  void F01_sigtermUnderLoad_losesNothingThatWasAdmitted() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Slow",
                "package acme; public class Slow implements java.util.function.Function<String,"
                    + " String> { public String apply(String in) { try { Thread.sleep(20); } catch"
                    + " (InterruptedException e) { return \"interrupted\"; } return \"whole\"; } }")
            .build("slow.jar");
    AtomicInteger answered = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    List<String> wrong = new CopyOnWriteArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (HearthProcess hearth =
        HearthProcess.start(directory, Map.of(), "run", jar.toString(), "--port", "0")) {
      int port = URI.create(hearth.url()).getPort();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        running.add(callers.submit(() -> load(port, over, answered, wrong)));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() > 5 * CALLERS);

      hearth.terminate();

      assertThat(hearth.exitCode()).as(hearth.err()).isEqualTo(ExitCode.OK);
      over.set(true);
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(wrong).isEmpty();
    } finally {
      over.set(true);
      callers.shutdownNow();
    }
  }

  private static void load(
      int port, AtomicBoolean over, AtomicInteger answered, List<String> wrong) {
    while (!over.get()) {
      String answer;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        answer = read(socket.getInputStream());
      } catch (IOException e) {
        return; // nobody listens any more, or nobody took the connection before that
      }
      boolean whole = answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("whole");
      if (!whole && !answer.startsWith("HTTP/1.1 503 ")) {
        wrong.add(answer);
      }
      answered.incrementAndGet();
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }
}
