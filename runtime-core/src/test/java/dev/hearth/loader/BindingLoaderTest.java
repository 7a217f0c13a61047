package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.glue.Glue;
import dev.hearth.loader.glue.below.Deep;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BindingLoaderTest {

  private static final String GLUE = "dev.hearth.loader.glue.";

  @TempDir Path directory;

  private FunctionLoader function() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source("acme.A", "package acme; public class A { public static String x = \"own\"; }")
            .build("a.jar");
    return FunctionLoader.open("hello", ArchiveStore.open(directory.resolve("store")).add(jar));
  }

  @Test
  void loadClass_shared_isTheHosts() throws Exception {
    try (FunctionLoader function = function()) {
      BindingLoader binding = new BindingLoader(function, List.of(GLUE), List.of());

      assertThat(binding.loadClass(Glue.class.getName())).isSameAs(Glue.class);
      assertThatThrownBy(() -> binding.loadClass(Deep.class.getName()))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void loadClass_copied_isDefinedHereInADomainWithoutLoader() throws Exception {
    try (FunctionLoader function = function()) {
      BindingLoader binding = new BindingLoader(function, List.of(), List.of(GLUE));

      Class<?> copy = binding.loadClass(Glue.class.getName());

      assertThat(copy).isNotSameAs(Glue.class).isSameAs(binding.loadClass(Glue.class.getName()));
      assertThat(copy.getClassLoader()).isSameAs(binding);
      assertThat(copy.getProtectionDomain().getClassLoader()).isNull();
      assertThatThrownBy(() -> function.loadClass(Glue.class.getName()))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void loadClass_library_isCopiedWithEverythingBelow() throws Exception {
    try (FunctionLoader function = function()) {
      BindingLoader binding =
          new BindingLoader(function, List.of(), List.of(), List.of(GLUE), List.of());

      assertThat(binding.loadClass(Glue.class.getName()).getClassLoader()).isSameAs(binding);
      assertThat(binding.loadClass(Deep.class.getName()).getClassLoader()).isSameAs(binding);
    }
  }

  @Test
  void loadClass_libraryInAJar_winsOverTheFunctionsOwn() throws Exception {
    Path library =
        TestJar.of(directory)
            .source("acme.A", "package acme; public class A { public static String x = \"lib\"; }")
            .source("acme.sub.B", "package acme.sub; public class B {}")
            .entry("acme/x.txt", "x")
            .build("library.jar");
    try (FunctionLoader function = function()) {
      BindingLoader binding =
          new BindingLoader(function, List.of(), List.of(), List.of("acme."), List.of(library));

      assertThat(binding.loadClass("acme.A").getField("x").get(null)).isEqualTo("lib");
      assertThat(binding.loadClass("acme.sub.B").getClassLoader()).isSameAs(binding);
      assertThat(binding.getResource("acme/x.txt")).isNotNull();
      assertThat(function.loadClass("acme.A").getField("x").get(null)).isEqualTo("own");
      assertThat(function.getResource("acme/x.txt")).isNull();
    }
  }

  @Test
  void loadClass_anythingElse_isTheFunctionsOrInTheJars() throws Exception {
    Path extra =
        TestJar.of(directory)
            .source("acme.A", "package acme; public class A {}")
            .source("extra.E", "package extra; public class E {}")
            .build("extra.jar");
    try (FunctionLoader function = function()) {
      BindingLoader binding =
          new BindingLoader(function, List.of(), List.of(), List.of(), List.of(extra));

      assertThat(binding.loadClass("acme.A")).isSameAs(function.loadClass("acme.A"));
      assertThat(binding.loadClass("extra.E").getClassLoader()).isSameAs(binding);
      assertThatThrownBy(() -> binding.loadClass("dev.hearth.Hearth"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void create_prefixWithoutDot_isRefused() throws Exception {
    try (FunctionLoader function = function()) {
      assertThatThrownBy(() -> new BindingLoader(function, List.of(), List.of("dev.hearth")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'dev.hearth'");
    }
  }

  @Test
  void close_ofTheFunction_letsBothLoadersGo() throws Exception {
    UnloadAssert.assertCollected(useAndClose());
  }

  private WeakReference<ClassLoader> useAndClose() throws Exception {
    try (FunctionLoader function = function()) {
      BindingLoader binding = new BindingLoader(function, List.of(), List.of(GLUE));
      binding.loadClass(Glue.class.getName()).getDeclaredConstructor().newInstance();
      binding.loadClass("acme.A");
      return new WeakReference<>(binding);
    }
  }
}
