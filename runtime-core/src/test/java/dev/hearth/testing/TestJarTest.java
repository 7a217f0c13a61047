package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestJarTest {

  @TempDir Path directory;

  private TestJar hello() {
    Path library =
        TestJar.of(directory)
            .source("lib.Words", "package lib; public class Words { public static int n = 1; }")
            .build("words.jar");
    return TestJar.of(directory)
        .source("acme.Hello", "package acme; class Hello { int n = lib.Words.n; }")
        .entry("greeting.txt", "hi")
        .manifest("Function-Class", "acme.Hello")
        .library(library);
  }

  @Test
  void build_leavesLibrariesOut() throws Exception {
    assertThat(names(hello().build("thin.jar")))
        .containsExactly("META-INF/MANIFEST.MF", "acme/Hello.class", "greeting.txt");
  }

  @Test
  void buildFat_mergesLibraries() throws Exception {
    assertThat(names(hello().buildFat("fat.jar")))
        .containsExactly(
            "META-INF/MANIFEST.MF", "acme/Hello.class", "greeting.txt", "lib/Words.class");
  }

  @Test
  void buildSpringBoot_nestsClassesAndLibraries() throws Exception {
    assertThat(names(hello().buildSpringBoot("boot.jar")))
        .containsExactly(
            "META-INF/MANIFEST.MF",
            "BOOT-INF/classes/acme/Hello.class",
            "BOOT-INF/classes/greeting.txt",
            "BOOT-INF/lib/words.jar");
  }

  @Test
  void buildExploded_writesFiles() {
    Path root = hello().buildExploded("exploded");

    assertThat(root.resolve("acme/Hello.class")).exists();
    assertThat(root.resolve("lib/words.jar")).exists();
  }

  @Test
  void build_twice_givesEqualBytes() throws Exception {
    byte[] first = Files.readAllBytes(hello().build("a.jar"));

    assertThat(Files.readAllBytes(hello().build("b.jar"))).isEqualTo(first);
  }

  @Test
  void build_sourceThatDoesNotCompile_saysWhy() {
    TestJar broken = TestJar.of(directory).source("X", "class X { int n = \"text\"; }");

    assertThatThrownBy(() -> broken.build("x.jar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("incompatible types");
  }

  private static List<String> names(Path jar) throws Exception {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
