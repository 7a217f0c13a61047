package dev.hearth.signature.spring;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The jars that Spring Boot's plugin packs with a function, and those of the vendor's own server. */
public final class BootJars {

  private BootJars() {}

  /** What a function with spring-cloud-function-context brings. */
  public static List<Path> application() {
    return jars("app");
  }

  /** The same with Spring Boot 4. */
  static List<Path> application4() {
    return jars("app-4");
  }

  /** What the vendor's server needs besides. */
  public static List<Path> web() {
    return jars("web");
  }

  private static List<Path> jars(String folder) {
    Path directory = TestHost.library("x").resolveSibling("../spring-boot").resolve(folder);
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.normalize(), "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(jars);
    return jars;
  }

  /** A jar with all of them, started by this class. */
  public static TestJar application(TestJar jar, String startClass) {
    return application(jar, startClass, application());
  }

  static TestJar application(TestJar jar, String startClass, List<Path> libraries) {
    for (Path library : libraries) {
      jar.library(library);
    }
    return jar.folders().options("-parameters").manifest("Start-Class", startClass);
  }
}
