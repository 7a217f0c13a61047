package dev.hearth.http.contract.hearth;

import static org.awaitility.Awaitility.await;

import dev.hearth.signature.spring.BootJars;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vendor's own server, spring-cloud-function-web on Tomcat, as a process. */
final class SpringPeer implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final Path log;
  private int port; // once it is known

  private SpringPeer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it on an application and waits until it serves. */
  static SpringPeer start(Path directory) throws IOException {
    List<String> path = new ArrayList<>();
    path.add(SpringJars.bootJar(directory).build("thin.jar").toString());
    BootJars.application().forEach(jar -> path.add(jar.toString()));
    BootJars.web().forEach(jar -> path.add(jar.toString()));
    Path log = directory.resolve("peer.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, path),
                "app.App",
                "--server.port=0",
                "--server.address=127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    SpringPeer peer = new SpringPeer(process, log);
    try {
      await().atMost(Duration.ofMinutes(2)).until(peer::isServing);
    } catch (RuntimeException e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  private boolean isServing() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the vendor's server ended:\n" + Files.readString(log));
    }
    Matcher started = STARTED.matcher(Files.readString(log));
    if (started.find()) {
      port = Integer.parseInt(started.group(1));
      return true;
    }
    return false;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
