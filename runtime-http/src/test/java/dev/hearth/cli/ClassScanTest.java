package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.hearth.testing.TestJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassScanTest {

  @Test
  void follow_missingAndNativeClasses_areFoundWithoutLoading(@TempDir Path directory)
      throws Exception {
    Path optional =
        TestJar.of(directory)
            .source("lib.Gone", "package lib; public class Gone {}")
            .build("gone.jar");
    Path jar =
        TestJar.of(directory)
            .compileOnly(optional)
            .source(
                "acme.Handler",
                "package acme; public class Handler { Helper[] helpers; int[] n = new int[1];"
                    + " Object make() { return new Helper(); } }")
            .source(
                "acme.Helper",
                "package acme; class Helper { native void call(); lib.Gone gone() { return new lib.Gone(); } }")
            .source("acme.Unused", "package acme; class Unused extends lib.Gone {}")
            .build("handler.jar");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      ClassScan scan = new ClassScan(loader);
      scan.follow("acme.Handler");

      assertThat(scan.missing).containsExactly("lib.Gone");
      assertThat(scan.withNatives).containsExactly("acme.Helper");
      assertThat(scan.classes).isEqualTo(2);
      assertThat(scan.release).isGreaterThanOrEqualTo(17);
      assertThat(scan.unreadable).isEmpty();
    }
  }

  @Test
  void read_noClassFile_isRefused() {
    assertThatIOException().isThrownBy(() -> ClassFile.read(new byte[] {1, 2, 3, 4, 5}));
    assertThatIOException().isThrownBy(() -> ClassFile.read(new byte[0]));
  }
}
