package dev.hearth.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis server on the loopback interface that keeps nothing on the disk. It is the program that the variable {@code
 * HEARTH_TEST_REDIS} names, which then must be there; else {@code redis-server} or {@code valkey-server} on the path.
 */
final class RedisServer implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String program;
  private final int port;
  private @Nullable Process process;

  private RedisServer(String program, int port) {
    this.program = program;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @throws TestAbortedException if there is none here, and none is named
   */
  static RedisServer start() throws IOException {
    String named = System.getenv("HEARTH_TEST_REDIS");
    RedisServer server = new RedisServer(named == null ? find() : named, freePort());
    server.startAgain();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String find() {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      for (String name : List.of("redis-server", "valkey-server")) {
        Path program = Path.of(directory, name);
        if (Files.isExecutable(program)) {
          return program.toString();
        }
      }
    }
    throw new TestAbortedException(
        "no redis-server or valkey-server on the path; install one, or name it by HEARTH_TEST_REDIS");
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", port);
  }

  /** Kills it at once. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      process = null;
    }
  }

  /** Starts it on the same port, empty, and waits until it answers. */
  void startAgain() throws IOException {
    Process started =
        new ProcessBuilder(
                program,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                System.getProperty("java.io.tmpdir"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = started;
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              if (!started.isAlive()) {
                throw new IOException(program + " ended with " + started.exitValue());
              }
              return answers();
            });
  }

  private boolean answers() {
    try (RedisClient client = RedisClient.create(address())) {
      return client.ping().equals("PONG");
    } catch (JedisException e) {
      return false;
    }
  }

  /** How many clients it has, the one that asks apart. */
  long clients() {
    try (RedisClient client = RedisClient.create(address())) {
      return client
          .info("clients")
          .lines()
          .filter(line -> line.startsWith("connected_clients:"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()) - 1)
          .sum();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
