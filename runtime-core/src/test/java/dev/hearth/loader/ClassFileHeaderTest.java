package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassFileHeaderTest {

  @TempDir Path directory;

  private Map<String, byte[]> compile(String source) {
    return TestJar.of(directory).source("acme.A", source).options("--release", "17").compile();
  }

  private ClassFileHeader header(String source) {
    return ClassFileHeader.read(bytes(compile(source), "acme/A.class"));
  }

  private static byte[] bytes(Map<String, byte[]> classes, String entry) {
    byte[] bytes = classes.get(entry);
    assertThat(bytes).as(entry).isNotNull();
    return bytes == null ? new byte[0] : bytes;
  }

  @Test
  void read_publicClass_givesNamesAndVersion() {
    ClassFileHeader header =
        header(
            "package acme; public class A extends java.util.ArrayList<Object>"
                + " implements Runnable, java.util.function.Supplier<Long> {"
                + " static final long BIG = 1L << 40; static final double D = 2.5;"
                + " public void run() { Runnable r = () -> System.out.println(BIG + D); r.run(); }"
                + " public Long get() { return BIG; } }");

    assertThat(header.name()).isEqualTo("acme.A");
    assertThat(header.superName()).isEqualTo("java.util.ArrayList");
    assertThat(header.interfaceNames())
        .containsExactly("java.lang.Runnable", "java.util.function.Supplier");
    assertThat(header.majorVersion()).isEqualTo(61);
    assertThat(header.isPublic()).isTrue();
    assertThat(header.isConcreteClass()).isTrue();
  }

  @Test
  void read_interface_isNoConcreteClass() {
    ClassFileHeader header = header("package acme; interface A extends Runnable {}");

    assertThat(header.isInterface()).isTrue();
    assertThat(header.isAbstract()).isTrue();
    assertThat(header.isPublic()).isFalse();
    assertThat(header.isConcreteClass()).isFalse();
  }

  @Test
  void read_abstractClassAndEnum_areNoConcreteClasses() {
    assertThat(header("package acme; abstract class A {}").isConcreteClass()).isFalse();
    assertThat(header("package acme; enum A { X }").isConcreteClass()).isFalse();
  }

  @Test
  void read_nestedClass_hasItsBinaryName() {
    Map<String, byte[]> classes = compile("package acme; class A { class B {} }");

    assertThat(ClassFileHeader.read(bytes(classes, "acme/A$B.class")).name()).isEqualTo("acme.A$B");
  }

  @Test
  void read_anyCut_isRefused() {
    byte[] whole = bytes(compile("package acme; class A {}"), "acme/A.class");
    ClassFileHeader header = ClassFileHeader.read(whole);
    assertThat(header.name()).isEqualTo("acme.A");

    for (int length = 0; length < 60; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ClassFileHeader.read(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a class file");
    }
  }

  @Test
  void read_somethingElse_isRefused() {
    assertThatThrownBy(() -> ClassFileHeader.read(new byte[100]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CAFEBABE");
  }
}
