package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.contract.fn.Agent;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of Fn's contract that are about a process: its socket's file, its streams, its limits, its end. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FnIT {

  private static final Path API = HearthProcess.distribution().resolve("lib/provided/fn/api.jar");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  /** A user without other processes: the limit of processes counts them all. */
  private static final String USER = "54321";

  private static final String SOURCE =
      """
      package acme;
      import com.fnproject.fn.api.*;
      public class F {
        private static String last = "";
        public F(RuntimeContext context) { System.out.println("made"); }
        public String f(String in) throws Exception {
          System.out.println("out " + in);
          System.err.println("err " + in);
          if (in.equals("boom")) { throw new IllegalStateException("boom"); }
          if (in.equals("wait")) {
            try { Thread.sleep(60_000); } catch (InterruptedException e) { last = "stopped"; throw e; }
          }
          return in + last;
        }
      }
      """;

  private static final String SLOW =
      """
      package acme;
      import java.io.File;
      public class Slow implements java.util.function.Function<String, String> {
        public Slow() throws Exception {
          System.out.println("starts");
          File go = new File(System.getenv("FN_LISTENER").substring(5).replace("lsnr.sock", "go"));
          while (!go.exists()) { Thread.sleep(10); }
        }
        public String apply(String in) { return in; }
      }
      """;

  @TempDir private static Path directory;
  private static Path jar;
  private static HearthProcess shared;
  private static Path socket;
  private static boolean connectedOnEvent;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    jar =
        TestJar.of(directory)
            .options("--release", "17")
            .compileOnly(API)
            .source("acme.F", SOURCE)
            .source("acme.Slow", SLOW)
            .build("f.jar");
    Path iofs = iofs("iofs");
    socket = iofs.resolve("lsnr.sock");
    try (WatchService watch = iofs.getFileSystem().newWatchService()) {
      iofs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      shared = start(limited(), socket, "acme.F::f");
      connectedOnEvent = awaitCreated(watch);
    }
  }

  private static Path iofs(String name) throws IOException {
    Path iofs = Files.createDirectory(directory.resolve(name));
    return Files.setPosixFilePermissions(iofs, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** The first connection, at once when the agent would learn of the file. */
  private static boolean awaitCreated(WatchService watch) throws Exception {
    while (shared.isAlive()) {
      WatchKey key = watch.poll(1, TimeUnit.SECONDS);
      if (key == null) {
        continue;
      }
      for (var event : key.pollEvents()) {
        if (socket.getFileName().equals(event.context())) {
          try (Agent agent = Agent.connect(socket)) {
            return agent.call("first").status() == 200;
          }
        }
      }
      key.reset();
    }
    throw new IllegalStateException("it ended: " + shared.err());
  }

  /** What Fn's container lets a process have; as another user, who can write below the temporary directory only. */
  private static List<String> limited() {
    boolean may = "root".equals(System.getProperty("user.name")) && Files.exists(SETPRIV);
    return may
        ? List.of(
            SETPRIV.toString(),
            "--reuid=" + USER,
            "--regid=" + USER,
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set=-all",
            "prlimit",
            "--nproc=50",
            "--nofile=350",
            "--")
        : List.of();
  }

  private static HearthProcess start(List<String> before, Path listener, String handler) {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(HearthProcess.launcher().toString(), "run", jar.toString(), "--handler", handler));
    Map<String, String> environment =
        Map.of(
            "FN_LISTENER", "unix:" + listener,
            "FN_FORMAT", "http-stream",
            "FN_LOGFRAME_NAME", "frame",
            "FN_LOGFRAME_HDR", "Fn-Call-Id",
            "JAVA_OPTS", "-Dfile.encoding=ISO-8859-1 -Djava.io.tmpdir=" + directory,
            "LC_ALL", "C");
    return HearthProcess.start(directory, environment, command);
  }

  @AfterAll
  static void stop() {
    if (shared != null) {
      shared.close();
    }
  }

  private static Answered call(String body, String... lines) throws IOException {
    try (Agent agent = Agent.connect(socket)) {
      return agent.call(body, lines);
    }
  }

  @Test
  void fn_case_01_listenerThatIsNone_endsTheProcess() throws Exception {
    String tooLong = "unix:/tmp/" + "x".repeat(103);
    List<HearthProcess> started = new ArrayList<>();
    for (String listener : new String[] {"", "tcp:localhost:80", "unix:tmp/s", tooLong}) {
      started.add(
          HearthProcess.start(
              directory,
              Map.of("FN_LISTENER", listener),
              "run",
              jar.toString(),
              "--contract",
              "fn"));
    }
    started.add(
        HearthProcess.start(
            directory,
            Map.of("FN_LISTENER", "unix:/tmp/s", "FN_FORMAT", "json"),
            "run",
            jar.toString()));
    for (HearthProcess each : started) {
      try (each) {
        assertThat(each.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(each.err())
            .contains("hearth: ", each == started.get(4) ? "FN_FORMAT" : "FN_LISTENER");
      }
    }
    assertThat(started.get(3).err()).contains("108 bytes");
  }

  @Test
  void fn_case_02_socket_canBeConnectedToWhenItAppears_byEverybody() throws IOException {
    assertThat(connectedOnEvent).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw-rw-");
    try (Stream<Path> beside = Files.list(socket.getParent())) {
      assertThat(beside).containsExactly(socket);
    }
    assertThat(shared.err()).contains("hearth ready: contract=fn unix:" + socket);
  }

  @Test
  void fn_case_18_and_19_output_isAllOnStandardErrorBehindTheFrame() throws IOException {
    int before = shared.err().length();
    int beforeOut = shared.out().length();

    Answered answer = call("boom");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).isEmpty();
    String frame = "\nframe=" + Agent.ID + "\n\n";
    assertThat(shared.err().substring(before))
        .startsWith(frame + "out boom\nerr boom\nAn error occurred in function: boom\n")
        .contains("at acme.F.f(F.java");
    assertThat(shared.out().substring(beforeOut)).isEqualTo(frame);
    // Nothing of the function's runs before its first call.
    assertThat(shared.err()).containsOnlyOnce("made\n").contains(frame + "made\nout first");
  }

  @Test
  void fn_case_21_limits_areKept() throws Exception {
    byte[] body = new byte[1 << 20];
    try (Agent agent = Agent.connect(socket)) {
      for (int i = 0; i < 20; i++) {
        assertThat(agent.call(body).status()).isEqualTo(200);
      }
      assertThat(threads()).as("threads").isBetween(5, 40);
      try (Stream<Path> open = Files.list(proc().resolve("fd"))) {
        assertThat(open.count()).as("descriptors").isBetween(5L, 150L);
      }
    }
  }

  private static Path proc() {
    return Path.of("/proc", String.valueOf(shared.pid()));
  }

  private static int threads() throws IOException {
    for (String line : Files.readAllLines(proc().resolve("status"))) {
      if (line.startsWith("Threads:")) {
        return Integer.parseInt(line.substring(8).strip());
      }
    }
    throw new IllegalStateException("no count of threads");
  }

  @Test
  void fn_case_22_pausedAndResumed_theNextCallIsServed() throws Exception {
    try (Agent agent = Agent.connect(socket)) {
      assertThat(agent.call("before").text()).startsWith("before");

      shared.signal("STOP");
      await().until(shared::isPaused);
      agent.send(Agent.head(5)).send("after");
      shared.signal("CONT");

      assertThat(agent.read().text()).startsWith("after");
      assertThat(call("new").text()).startsWith("new");
    }
  }

  @Test
  void fn_case_24_text_isUtf8WhateverTheProcesssCharset() throws IOException {
    assertThat(call("grüße ❄").body()).startsWith("grüße ❄".getBytes(UTF_8));
    assertThat(shared.err()).contains("out grüße ❄\n");
  }

  @Test
  void fn_case_20_sigterm_endsTheProcessAndLeavesNoFile() throws Exception {
    Path own = iofs("own").resolve("lsnr.sock");
    try (HearthProcess hearth = start(List.of(), own, "acme.Slow")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(own));
      try (Agent agent = Agent.connect(own)) {
        // It listens while the function starts, which may take longer than Fn waits for a socket.
        agent.send(Agent.head(1)).send("x");
        await().atMost(Duration.ofSeconds(60)).until(() -> hearth.err().contains("starts"));
        assertThat(hearth.err()).doesNotContain("hearth ready");
        Files.createFile(own.resolveSibling("go"));
        assertThat(agent.read().text()).isEqualTo("x");
        Files.delete(own.resolveSibling("go"));

        hearth.terminate();

        assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(own.getParent()).isEmptyDirectory();
        assertThat(agent.isAtEnd()).isTrue();
      }
    }
  }
}
