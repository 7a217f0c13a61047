package dev.hearth.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The servers of this package as a jar: archives of classes take no directories on the class path. */
final class OwnJar {

  /** Its file name. */
  static final String NAME = "hello-servers.jar";

  private static final List<Class<?>> CLASSES =
      List.of(NettyHello.class, NettyTuned.class, JdkHello.class);

  private OwnJar() {}

  /** Writes it. */
  static Path write(Path directory) throws IOException {
    Path jar = directory.resolve(NAME);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : CLASSES) {
        add(type.getName(), out);
        for (Class<?> inner : type.getDeclaredClasses()) {
          add(inner.getName(), out);
        }
      }
      add(NettyHello.class.getName() + "$1", out);
    }
    return jar;
  }

  /** The class path of this process with that jar in place of directories. */
  static String classPath(Path jar) {
    StringBuilder path = new StringBuilder(jar.toString());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        path.append(File.pathSeparator).append(Path.of(entry).toAbsolutePath());
      }
    }
    return path.toString();
  }

  private static void add(String type, JarOutputStream out) throws IOException {
    String entry = type.replace('.', '/') + ".class";
    try (InputStream bytes = OwnJar.class.getResourceAsStream("/" + entry)) {
      if (bytes == null) {
        throw new IOException(entry + " is not on the class path");
      }
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
  }
}
