package dev.hearth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which class is the handler, and what is said when that is not clear or it cannot be one. */
@Timeout(120)
final class HandlerSearchTest {

  private static final String FUNCTION = "implements java.util.function.Function<String, String>";
  private static final String APPLY =
      "public String apply(String s) { return s + getClass().getName(); }";

  @TempDir Path directory;

  private TestJar jar() {
    return TestJar.of(directory);
  }

  private TestJar function(String name) {
    return add(jar(), name);
  }

  private static TestJar add(TestJar jar, String name) {
    return jar.source(name, type(name, FUNCTION, APPLY));
  }

  private static String type(String name, String implementing, String members) {
    int dot = name.lastIndexOf('.');
    return "package %s; public class %s %s { %s }"
        .formatted(name.substring(0, dot), name.substring(dot + 1), implementing, members);
  }

  private static String handler(Path jar, @Nullable String handler) {
    try (TestHost host = TestHost.deploy(jar, handler)) {
      return host.function().handler();
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusal(
      Path jar, @Nullable String handler) {
    return assertThatThrownBy(() -> TestHost.deploy(jar, handler))
        .isInstanceOf(DeployException.class)
        .hasMessageMatching("[^\\n]+"); // one line
  }

  @Test
  void handler_none_isTheOnlyClassWithAKnownSignature() {
    Path jar =
        function("acme.Hello")
            .source("acme.Other", "package acme; public class Other {}")
            .source("acme.Hidden", "package acme; class Hidden " + FUNCTION + " {" + APPLY + "}")
            .source(
                "acme.Base",
                "package acme; public abstract class Base " + FUNCTION + " {" + APPLY + "}")
            .source(
                "acme.Kind", "package acme; public enum Kind " + FUNCTION + " { A; " + APPLY + "}")
            .build("f.jar");

    assertThat(handler(jar, null)).isEqualTo("acme.Hello");
  }

  @Test
  void handler_none_countsWhatSuperclassesImplement() {
    Path jar =
        jar()
            .source(
                "acme.Base",
                "package acme; public abstract class Base implements java.util.function.UnaryOperator<String> {"
                    + APPLY
                    + "}")
            .source("acme.Hello", "package acme; public class Hello extends Base {}")
            .build("f.jar");

    assertThat(handler(jar, null)).isEqualTo("acme.Hello");
  }

  @Test
  void handler_none_doesNotCountLibraries() {
    Path library = function("lib.Operator").build("library.jar");
    Path zip =
        TestJar.of(directory.resolve("z"))
            .source("acme.Hello", type("acme.Hello", FUNCTION, APPLY))
            .library(library)
            .buildZip("f.zip");

    assertThat(handler(zip, null)).isEqualTo("acme.Hello");
  }

  @Test
  void handler_none_manifestDecides() {
    TestJar two = add(function("acme.One"), "acme.Two");

    assertThat(handler(two.manifest("Main-Class", "acme.Two").build("main.jar"), null))
        .isEqualTo("acme.Two");
    assertThat(
            handler(two.manifest("Function-Class", "acme.One::apply").build("function.jar"), null))
        .isEqualTo("acme.One::apply");
  }

  @Test
  void handler_none_mainClassThatIsNoFunction_isLookedPast() {
    Path jar =
        function("acme.Hello")
            .source(
                "acme.Main",
                "package acme; public class Main { public static void main(String[] a) {} }")
            .manifest("Main-Class", "acme.Main")
            .build("f.jar");

    assertThat(handler(jar, null)).isEqualTo("acme.Hello");
  }

  @Test
  void handler_none_severalCandidates_areListed() {
    TestJar jar = function("acme.A");
    for (int i = 0; i < 12; i++) {
      add(jar, "acme.B" + i);
    }

    refusal(jar.build("f.jar"), null)
        .hasMessageContaining("has 13 classes that may be the handler (acme.A, acme.B0, acme.B1")
        .hasMessageContaining("and 3 more")
        .hasMessageContaining("Function-Class");
  }

  @Test
  void handler_none_noCandidate_namesWhatIsKnown() {
    refusal(jar().source("acme.Other", "package acme; public class Other {}").build("f.jar"), null)
        .hasMessageContaining("f.jar has no public class with a known signature")
        .hasMessageContaining("java.util.function")
        .hasMessageContaining("io.fission.Function");
  }

  @Test
  void handler_functionClassIsAbsent_isNotLookedPast() {
    refusal(function("acme.Hello").manifest("Function-Class", "acme.Gone").build("f.jar"), null)
        .hasMessageContaining("acme.Gone is not in archive")
        .cause()
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessage("acme.Gone");
  }

  @Test
  void handler_nestedClass_mayBeWrittenWithDots() {
    Path jar =
        jar()
            .source(
                "acme.Outer",
                "package acme; public class Outer { public static class Mid { public static class In "
                    + FUNCTION
                    + " {"
                    + APPLY
                    + "} } }")
            .build("f.jar");

    assertThat(handler(jar, "acme.Outer.Mid.In")).isEqualTo("acme.Outer$Mid$In");
    assertThat(handler(jar, "acme.Outer$Mid$In")).isEqualTo("acme.Outer$Mid$In");
    assertThat(handler(jar, "acme.Outer.Mid.In#apply")).isEqualTo("acme.Outer$Mid$In::apply");
    assertThat(handler(jar, null)).isEqualTo("acme.Outer$Mid$In");
  }

  @Test
  void handler_absent_isRefusedWithWhatLooksAlike() {
    refusal(function("acme.web.Hello").build("f.jar"), "acme.hello")
        .hasMessageContaining("handler class acme.hello is not in archive")
        .hasMessageEndingWith("it has acme.web.Hello");
  }

  @Test
  void handler_withoutItsPackage_isTheOnlyClassOfThatName() {
    Path jar = add(function("acme.web.Hello"), "acme.Other").build("f.jar");

    assertThat(handler(jar, "Hello")).isEqualTo("acme.web.Hello");
    assertThat(handler(jar, "Other::apply")).isEqualTo("acme.Other::apply");
  }

  @Test
  void handler_withoutItsPackage_severalOfThatName_areListed() {
    refusal(add(function("acme.Hello"), "other.Hello").build("f.jar"), "Hello")
        .hasMessageEndingWith("it has acme.Hello, other.Hello");
  }

  @Test
  void handler_absent_causeTellsWhetherClassOrMethod() {
    Path jar = function("acme.Hello").build("f.jar");

    refusal(jar, "acme.Gone")
        .hasCauseInstanceOf(ClassNotFoundException.class)
        .hasRootCauseMessage("acme.Gone");
    refusal(jar, "acme.Hello::gone").hasCauseInstanceOf(BindingException.class);
    refusal(jar().source("acme.Job", type("acme.Job", "", "")).build("job.jar"), "acme.Job")
        .hasCauseInstanceOf(NoSuchMethodException.class);
  }

  @Test
  void handler_ofUnknownSignature_isRefusedWithWhatItIs() {
    refusal(
            jar()
                .source("acme.Job", type("acme.Job", "implements Runnable", "public void run() {}"))
                .build("f.jar"),
            "acme.Job")
        .hasMessageContaining("handler class acme.Job has no known signature")
        .hasMessageContaining("it is a java.lang.Runnable")
        .hasMessageContaining("Class::method");
  }

  @Test
  void handler_abstract_isRefused() {
    refusal(
            jar()
                .source("acme.A", "package acme; public abstract class A " + FUNCTION + " {}")
                .build("f.jar"),
            "acme.A")
        .hasMessage("handler class acme.A is abstract; name a class that extends it");
  }

  @Test
  void handler_interface_isRefused() {
    refusal(
            jar()
                .source(
                    "acme.A",
                    "package acme; public interface A extends java.util.function.Function<String, String> {}")
                .build("f.jar"),
            "acme.A")
        .hasMessage("handler class acme.A is an interface; name a class that implements it");
  }

  @Test
  void handler_inner_isRefused() {
    refusal(
            jar()
                .source(
                    "acme.A",
                    "package acme; public class A { public class In "
                        + FUNCTION
                        + " {"
                        + APPLY
                        + "} }")
                .build("f.jar"),
            "acme.A.In")
        .hasMessageContaining("acme.A$In is an inner class")
        .hasMessageContaining("make it static");
  }

  @Test
  void handler_notPublic_isAllowedWhereNamed() {
    Path jar =
        jar()
            .source("acme.A", "package acme; class A " + FUNCTION + " {" + APPLY + "}")
            .build("f.jar");

    try (TestHost host = TestHost.deploy(jar, "acme.A")) {
      assertThat(host.post(null, "is ").text()).isEqualTo("is acme.A");
    }
  }

  @Test
  void handler_privateConstructor_isRefused() {
    refusal(
            jar()
                .source("acme.A", type("acme.A", FUNCTION, "private A() {} " + APPLY))
                .build("f.jar"),
            "acme.A")
        .hasMessageContaining("acme.A has no constructor that can be used")
        .hasMessageContaining("javax.sql.DataSource");
  }

  @Test
  void handler_constructorThrows_isRefusedWithWhatItThrew() {
    refusal(
            jar()
                .source(
                    "acme.A",
                    type(
                        "acme.A",
                        FUNCTION,
                        "public A() { throw new IllegalStateException(\"no db\"); }" + APPLY))
                .build("f.jar"),
            "acme.A")
        .hasMessageContaining(
            "acme.A cannot be initialised: java.lang.IllegalStateException: no db")
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void handler_staticInitialiserThrowsError_isRefusedWithIt() {
    String broken =
        "static final int N = fail(); static int fail() { throw new AssertionError(\"bad\"); }";
    refusal(
            jar().source("acme.A", type("acme.A", FUNCTION, broken + APPLY)).build("f.jar"),
            "acme.A")
        .hasMessageContaining("java.lang.AssertionError: bad");
    refusal(
            jar()
                .source(
                    "acme.B",
                    type(
                        "acme.B",
                        FUNCTION,
                        broken.replace("AssertionError", "IllegalStateException")
                            + "public static String run() { return null; }"
                            + APPLY))
                .build("g.jar"),
            "acme.B::run")
        .hasMessageContaining("java.lang.IllegalStateException: bad");
  }

  @Test
  void handler_superclassIsMissing_isNamed() {
    Path library = jar().source("gone.Base", "package gone; public class Base {}").build("l.jar");

    refusal(
            TestJar.of(directory.resolve("z"))
                .source("acme.A", type("acme.A", "extends gone.Base " + FUNCTION, APPLY))
                .compileOnly(library)
                .build("f.jar"),
            "acme.A")
        .hasMessage(
            "handler class acme.A cannot be loaded: it needs class gone.Base, which is neither in the archive"
                + " nor provided; add it to the archive");
  }

  @Test
  void handler_inputTypeIsMissing_isNamed() {
    Path library = jar().source("gone.Order", "package gone; public class Order {}").build("l.jar");

    refusal(
            TestJar.of(directory.resolve("z"))
                .source(
                    "acme.A",
                    "package acme; public class A implements java.util.function.Function<gone.Order, String> {"
                        + " public String apply(gone.Order o) { return null; } }")
                .compileOnly(library)
                .build("f.jar"),
            "acme.A")
        .hasMessageContaining("it needs class gone.Order");
  }

  @Test
  void handler_constructorNeedsMissingClass_isNamed() {
    Path library =
        jar().source("gone.Client", "package gone; public class Client {}").build("l.jar");

    refusal(
            TestJar.of(directory.resolve("z"))
                .source(
                    "acme.A",
                    type("acme.A", FUNCTION, "public A() { new gone.Client(); } " + APPLY))
                .compileOnly(library)
                .build("f.jar"),
            "acme.A")
        .hasMessageMatching(".* cannot be initialised: .*gone[./]Client");
  }

  @Test
  void handler_unusedClassesWithMissingTypes_doNotMatter() {
    Path library = jar().source("gone.Base", "package gone; public class Base {}").build("l.jar");
    Path jar =
        add(TestJar.of(directory.resolve("z")), "acme.Hello")
            .source("acme.Unused", type("acme.Unused", "extends gone.Base", ""))
            .compileOnly(library)
            .build("f.jar");

    assertThat(handler(jar, null)).isEqualTo("acme.Hello");
  }

  @Test
  void method_missing_isRefusedWithThoseThere() {
    refusal(
            jar()
                .source("acme.A", type("acme.A", "", "public void run() {} public void stop() {}"))
                .build("f.jar"),
            "acme.A::start")
        .hasMessage("handler class acme.A has no public method 'start'; it has run, stop");
  }

  @Test
  void method_ambiguous_isRefusedWithTheOverloads() {
    refusal(
            jar()
                .source(
                    "acme.A",
                    type("acme.A", "", "public void run(String s) {} public void run(int n) {}"))
                .build("f.jar"),
            "acme.A::run")
        .hasMessageContaining("acme.A::run is ambiguous")
        .hasMessageContaining("run(String), run(int)");
  }

  @Test
  void method_tooManyParameters_isRefused() {
    refusal(
            jar()
                .source(
                    "acme.A",
                    type(
                        "acme.A",
                        "",
                        "public void run(int a, java.util.Map<String, String> b, int c) {}"))
                .build("f.jar"),
            "acme.A::run")
        .hasMessageContaining("takes 3 parameters");
    refusal(
            jar()
                .source("acme.A", type("acme.A", "", "public void run(int a, int b) {}"))
                .build("g.jar"),
            "acme.A::run")
        .hasMessageContaining("takes int beside its input");
  }

  @Test
  void twoJars_sameClassName_areBothCallable() { // case 42
    Path one = directory.resolve("1");
    Path two = directory.resolve("2");
    try (TestHost first =
            TestHost.deploy(
                TestJar.of(one)
                    .source(
                        "acme.A",
                        type("acme.A", FUNCTION, APPLY.replace("return s", "return \"1\"")))
                    .build("f.jar"),
                null);
        TestHost second =
            TestHost.deploy(
                TestJar.of(two)
                    .source(
                        "acme.A",
                        type("acme.A", FUNCTION, APPLY.replace("return s", "return \"2\"")))
                    .build("f.jar"),
                null)) {
      assertThat(first.post(null, "").text()).isEqualTo("1acme.A");
      assertThat(second.post(null, "").text()).isEqualTo("2acme.A");
    }
  }
}
