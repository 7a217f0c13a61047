package dev.hearth.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The archive of classes that a tuned Netty server starts from: made for one JDK, in a directory of its own, from a run that served
 * {@value #REQUESTS} requests and ended cleanly. Closing it deletes it.
 */
final class TunedArchive implements AutoCloseable {

  private static final int REQUESTS = 21;
  private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path directory;
  private final Contender contender;

  private TunedArchive(Path directory, Contender contender) {
    this.directory = directory;
    this.contender = contender;
  }

  /**
   * Makes it.
   *
   * @param feature the JDK's feature release: from 25 on it is an AOT cache
   * @param call what the server is sent
   * @throws IOException if the JVM wrote none
   */
  static TunedArchive make(Path javaHome, int feature, String classPath, byte[] call)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("netty-tuned");
    Path archive = directory.resolve(feature >= 25 ? "netty.aot" : "netty.jsa");
    String jars = jar(directory) + jarsOf(Contender.needed(classPath));
    String write = feature >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    String read = feature >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    try (RunningServer server =
            RunningServer.start(Contender.tunedBest(javaHome, jars, with(write + archive)));
        Wire wire = Wire.to(server.port())) {
      for (int i = 0; i < REQUESTS; i++) {
        wire.exchange(call);
      }
    }
    if (!Files.exists(archive)) {
      throw new IOException("the JVM of " + javaHome.getFileName() + " wrote no " + archive);
    }
    return new TunedArchive(directory, Contender.tunedBest(javaHome, jars, with(read + archive)));
  }

  /** What starts from it. */
  Contender contender() {
    return contender;
  }

  private static List<String> with(String option) {
    List<String> options = new ArrayList<>(FLAGS);
    options.add(option);
    return options;
  }

  /** The server's own classes as a jar: archives take no directories. */
  private static String jar(Path directory) throws IOException {
    Path jar = directory.resolve("tuned.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      String main = NettyTuned.class.getName().replace('.', '/');
      for (String inner : List.of("", "$Pipeline", "$Handler")) {
        String name = main + inner + ".class";
        out.putNextEntry(new JarEntry(name));
        try (var in = NettyTuned.class.getClassLoader().getResourceAsStream(name)) {
          if (in == null) {
            throw new IOException("no " + name + " on the class path");
          }
          in.transferTo(out);
        }
      }
    }
    return jar.toString();
  }

  private static String jarsOf(String classPath) {
    StringBuilder jars = new StringBuilder();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        jars.append(File.pathSeparator).append(Path.of(entry).toAbsolutePath());
      }
    }
    return jars.toString();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
