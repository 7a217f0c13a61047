package dev.hearth.signature.funqy;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The vendor's jars that Funqy functions are compiled against. */
public final class FunqyJars {

  private FunqyJars() {}

  /** Compiles against them, as functions do that rely on what the host provides. */
  public static TestJar api(TestJar jar) {
    for (Path library : all()) {
      jar.compileOnly(library);
    }
    return jar;
  }

  static TestJar shipped(TestJar jar) {
    for (Path library : all()) {
      jar.library(library);
    }
    return jar;
  }

  private static List<Path> all() {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(TestHost.provided("funqy"), "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars;
  }
}
