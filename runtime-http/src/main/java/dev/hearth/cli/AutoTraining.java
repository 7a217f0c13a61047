package dev.hearth.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the JVM's cache for later starts by {@code hearth train}, in a process of its own, beside one that serves. One process at a time does it
 * for a file; the file is replaced when it is whole. Nothing that goes wrong concerns the process that serves: it is a warning in its log.
 */
final class AutoTraining implements Runnable {

  /** Set by the launcher: the file to make. */
  static final String PROPERTY = "hearth.train";

  private static final long LIMIT_SECONDS = 300;

  private final Path home;
  private final Path to;

  AutoTraining(Path home, Path to) {
    this.home = home;
    this.to = to;
  }

  /** Begins what the launcher asked for, on a thread of its own; returns at once. */
  static void start() {
    String to = System.getProperty(PROPERTY);
    Path home = Installation.home();
    if (to == null || home == null) {
      return;
    }
    AutoTraining training = new AutoTraining(home, Path.of(to).toAbsolutePath());
    Thread thread = new Thread(null, training, "hearth-train", 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    Logger log = LoggerFactory.getLogger(AutoTraining.class);
    try {
      if (makeAlone()) {
        log.info("wrote {}, which later starts use", to);
      }
    } catch (IOException e) {
      log.warn("no JVM cache was made at {}: {}", to, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was this process that made it. */
  private boolean makeAlone() throws IOException, InterruptedException {
    Files.createDirectories(to.getParent());
    Path lock = to.resolveSibling(to.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null || Files.exists(to)) {
        return false;
      }
      make();
      return true;
    } catch (OverlappingFileLockException e) {
      return false; // another host of this process does it
    }
  }

  private void make() throws IOException, InterruptedException {
    Path said = Files.createTempFile("hearth-train", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    home.resolve("bin").resolve("hearth").toString(),
                    "train",
                    "--rounds",
                    "0",
                    "--output",
                    to.toString()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    builder.environment().put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = builder.start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("it was not made within " + LIMIT_SECONDS + " s");
        }
      } finally {
        process.destroy();
      }
      if (process.exitValue() != ExitCode.OK) {
        throw new IOException(
            "hearth train ended with "
                + process.exitValue()
                + ": "
                + Files.readString(said).strip());
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
