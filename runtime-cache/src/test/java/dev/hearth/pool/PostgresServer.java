package dev.hearth.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server on the loopback interface with a database of its own, deleted when closed.
 *
 * <p>PostgreSQL refuses to run as root. Where the tests do, the server runs as a user without rights.
 * It is used by one test at a time.
 */
final class PostgresServer implements AutoCloseable {

  static final String USER = "app";
  static final String PASSWORD = "s3cret-of-the-tests";

  private static final int NOBODY = 65534;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path home;
  private final List<String> unprivileged;
  private final int port;
  private @Nullable Process process;

  private PostgresServer(Path home, List<String> unprivileged, int port) {
    this.home = home;
    this.unprivileged = unprivileged;
    this.port = port;
  }

  /** Makes a database and starts a server for it. */
  static PostgresServer start() throws IOException {
    Path home =
        Files.createTempDirectory(
            "hearth-postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    // The umask may have taken what the server's user needs.
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      PostgresBinaries.unpack(home);
      Path owned = Files.createDirectory(home.resolve("owned"));
      PostgresServer server = new PostgresServer(home, unprivileged(owned), freePort());
      server.initialise(owned);
      server.startAgain();
      return server;
    } catch (IOException | RuntimeException e) {
      delete(home);
      throw e;
    }
  }

  /** Where it listens. */
  int port() {
    return port;
  }

  /** A URL without user and password. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** A spec for this server. */
  PoolSpec.Builder spec() {
    return spec(url());
  }

  /** A spec for this server by another way to it. */
  PoolSpec.Builder spec(String url) {
    return PoolSpec.builder(url).user(USER).password(PASSWORD);
  }

  /** A connection that belongs to no pool, as the superuser. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?ApplicationName=test", USER, PASSWORD);
  }

  /** Runs statements as the superuser. */
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Process ids of the server's backends for connections of this application name. */
  List<Integer> backends(String application) throws SQLException {
    List<Integer> pids = new ArrayList<>();
    try (Connection connection = connect();
        var query =
            connection.prepareStatement(
                "select pid from pg_stat_activity where application_name = ? order by pid")) {
      query.setString(1, application);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          pids.add(rows.getInt(1));
        }
      }
    }
    return pids;
  }

  /** Stops the server at once, cutting its connections. */
  void stop() throws IOException {
    Process running = process;
    if (running != null) {
      run(List.of("kill", "-INT", Long.toString(running.pid())));
      if (!ended(running, 30)) {
        running.destroyForcibly();
      }
      process = null;
    }
  }

  /** Starts it after {@link #stop}, on the same port and data, and waits until it answers. */
  void startAgain() throws IOException {
    List<String> command = new ArrayList<>(unprivileged);
    command.addAll(
        List.of(
            home.resolve("bin/postgres").toString(),
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
            "-c",
            "shared_buffers=16MB"));
    Process started = start(command);
    process = started;
    try {
      awaitAnswer(started);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private void awaitAnswer(Process started) {
    Awaitility.await("PostgreSQL answers")
        .atMost(START_LIMIT)
        .failFast("PostgreSQL ended: " + log(), () -> !started.isAlive())
        .ignoreExceptions()
        .until(
            () -> {
              connect().close();
              return true;
            });
  }

  private void initialise(Path owned) throws IOException {
    Path password = Files.writeString(owned.resolve("password"), PASSWORD);
    if (!unprivileged.isEmpty()) {
      Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    }
    List<String> command = new ArrayList<>(unprivileged);
    command.addAll(
        List.of(
            home.resolve("bin/initdb").toString(),
            "-D",
            data().toString(),
            "-U",
            USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    run(command);
  }

  private Path data() {
    return home.resolve("owned/data");
  }

  /** What to put before a command so that it does not run as root; makes the directory that user's own. */
  private static List<String> unprivileged(Path owned) throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(owned, "unix:uid"))) {
      return List.of();
    }
    List<String> setpriv =
        List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=-all");
    if (isUnprivileged(setpriv)) {
      Files.setAttribute(owned, "unix:uid", NOBODY);
      return setpriv;
    }
    List<String> unshare = List.of("unshare", "-U");
    if (isUnprivileged(unshare)) {
      return unshare;
    }
    throw new IOException(
        "PostgreSQL does not run as root, and neither setpriv nor unshare works here;"
            + " run the tests as another user or install util-linux");
  }

  private static boolean isUnprivileged(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("id", "-u"));
    try {
      Process id = new ProcessBuilder(command).redirectErrorStream(true).start();
      String user = new String(id.getInputStream().readAllBytes(), UTF_8).strip();
      return ended(id, 10) && id.exitValue() == 0 && !user.equals("0");
    } catch (IOException e) {
      return false; // no such program
    }
  }

  /** A port outside of the range that connections are given theirs from: it must be free after a restart. */
  private static int freePort() throws IOException {
    IOException last = new IOException("no port is free");
    for (int attempt = 0; attempt < 50; attempt++) {
      int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
        .start();
  }

  private void run(List<String> command) throws IOException {
    Process started = start(command);
    if (!ended(started, 60)) {
      started.destroyForcibly();
      throw new IOException(command + " does not end");
    }
    if (started.exitValue() != 0) {
      throw new IOException(command + " failed: " + log());
    }
  }

  private static boolean ended(Process running, int seconds) throws IOException {
    try {
      return running.waitFor(seconds, SECONDS);
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a process of the server");
    }
  }

  private String log() {
    try {
      return Files.readString(home.resolve("log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    delete(home);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
