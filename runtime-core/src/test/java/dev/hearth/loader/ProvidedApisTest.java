package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.testing.TestJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ProvidedApisTest {

  @TempDir Path directory;

  private Path vendorJar(String version) {
    return TestJar.of(directory)
        .source("vendor.Api", "package vendor; public interface Api { }")
        .source(
            "vendor.Version",
            "package vendor; public class Version { public static String text() { return \""
                + version
                + "\"; } }")
        .build("vendor-" + version + ".jar");
  }

  private ProvidedApis provided(boolean onNeed) throws Exception {
    Path set = Files.createDirectories(directory.resolve("provided/acme"));
    Files.copy(vendorJar("provided"), set.resolve("vendor.jar"));
    if (onNeed) {
      Files.writeString(set.resolve("packages"), "# what it serves\nvendor\n");
    }
    return ProvidedApis.of(directory.resolve("provided"));
  }

  private TestJar function() {
    return TestJar.of(directory)
        .source(
            "acme.F",
            "package acme; public class F implements vendor.Api, java.util.function.Supplier<String>"
                + " { public String get() { return vendor.Version.text(); } }");
  }

  private FunctionLoader load(Path jar, ProvidedApis provided) throws Exception {
    return FunctionLoader.open(
        "hello", ArchiveStore.open(directory.resolve("store")).add(jar), provided);
  }

  private static Object answer(FunctionLoader loader) throws Exception {
    return ((Supplier<?>) loader.loadClass("acme.F").getDeclaredConstructor().newInstance()).get();
  }

  @Test
  void loadClass_archiveLacksTheApi_itIsProvided() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (FunctionLoader loader = load(jar, provided(true))) {
      assertThat(answer(loader)).isEqualTo("provided");
      assertThat(loader.loadClass("vendor.Api").getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void loadClass_archiveBringsTheApi_itsOwnIsUsed() throws Exception {
    Path jar = function().library(vendorJar("own")).buildFat("f.jar");
    try (FunctionLoader loader = load(jar, provided(true))) {
      assertThat(answer(loader)).isEqualTo("own");
    }
  }

  @Test
  void loadClass_setIsAheadOfTheArchive_theSetsIsUsedOnceProvided() throws Exception {
    Path jar = function().library(vendorJar("own")).buildFat("f.jar");
    ProvidedApis provided = provided(false);
    Files.writeString(directory.resolve("provided/acme/ahead"), "# first\nvendor\n");
    try (FunctionLoader loader = load(jar, provided)) {
      loader.provide("acme");
      assertThat(answer(loader)).isEqualTo("provided");
    }
    try (FunctionLoader loader = load(jar, provided)) {
      assertThat(answer(loader)).isEqualTo("own");
    }
  }

  @Test
  void loadClass_otherPackages_areNotProvided() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (FunctionLoader loader = load(jar, provided(true))) {
      assertThatThrownBy(() -> loader.loadClass("vendors.Api"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(loader.holds("vendor.Api")).isFalse();
    }
  }

  @Test
  void provide_setWithoutPackages_isUsedWhenAskedForOnly() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (FunctionLoader loader = load(jar, provided(false))) {
      assertThatThrownBy(() -> loader.loadClass("vendor.Api"))
          .isInstanceOf(ClassNotFoundException.class);

      assertThat(loader.provide("acme")).isTrue();
      assertThat(loader.provide("acme")).isTrue();

      assertThat(answer(loader)).isEqualTo("provided");
      assertThat(loader.getResources("vendor/Api.class").asIterator()).toIterable().hasSize(1);
    }
  }

  @Test
  void loadClass_setListsSingleClasses_itServesThoseOnly() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    ProvidedApis provided = provided(false);
    Files.writeString(directory.resolve("provided/acme/classes"), "# one\nvendor.Version\n");
    try (FunctionLoader loader = load(jar, provided)) {
      assertThatThrownBy(() -> loader.loadClass("vendor.Api"))
          .isInstanceOf(ClassNotFoundException.class);

      assertThat(loader.loadClass("vendor.Version").getClassLoader()).isSameAs(loader);
      assertThat(loader.loadClass("vendor.Api").getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void getResources_setListsTheService_itServesArchivesThatNameNoProvider() throws Exception {
    Path set = Files.createDirectories(directory.resolve("provided/acme"));
    String service = "META-INF/services/vendor.Api";
    TestJar.of(set).entry(service, "vendor.Ours").build("ours.jar");
    Files.writeString(set.resolve("services"), "vendor.Api\n");
    ProvidedApis provided = ProvidedApis.of(directory.resolve("provided"));
    Path without =
        TestJar.of(directory).source("acme.A", "package acme; class A {}").build("without.jar");
    Path with =
        TestJar.of(directory)
            .source("acme.A", "package acme; class A {}")
            .entry(service, "acme.Own")
            .build("with.jar");
    try (FunctionLoader lacking = load(without, provided);
        FunctionLoader lackingToo = load(without, provided);
        FunctionLoader having = load(with, provided)) {
      assertThat(lacking.getResources("META-INF/services/vendor.Other").hasMoreElements())
          .isFalse();
      assertThat(lacking.getResources(service).nextElement().toString()).contains("ours");
      assertThat(lackingToo.getResourceAsStream(service)).hasContent("vendor.Ours");
      assertThat(having.getResources(service).asIterator())
          .toIterable()
          .singleElement()
          .satisfies(url -> assertThat(url.openStream()).hasContent("acme.Own"));
    }
  }

  @Test
  void finds_tellsWhatLoadingWouldFind_archiveClassOnlyWhatTheArchiveBrings() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (FunctionLoader loader = load(jar, provided(true))) {
      assertThat(loader.finds("vendor.Api")).isTrue();
      assertThat(loader.finds("acme.F")).isTrue();
      assertThat(loader.finds("java.util.List")).isTrue();
      assertThat(loader.finds("dev.hearth.function.Context")).isTrue();
      assertThat(loader.finds("java.util.Absent")).isFalse();
      assertThat(loader.finds("dev.hearth.Hearth")).isFalse();
      assertThat(loader.finds("dev.hearth.function.Absent")).isFalse();

      assertThat(loader.archiveClass("acme.F")).isNotEmpty();
      assertThat(loader.archiveClass("vendor.Api")).isNull();
      assertThat(loader.archiveClass("java.util.List")).isNull();
    }
  }

  @Test
  void provide_unknownSet_isFalse() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (FunctionLoader loader = load(jar, provided(true))) {
      assertThat(loader.provide("nobody")).isFalse();
    }
    try (FunctionLoader loader = load(jar, ProvidedApis.none())) {
      assertThat(loader.provide("acme")).isFalse();
    }
  }

  @Test
  void loadClass_twoFunctions_shareNoProvidedClass() throws Exception {
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    ProvidedApis provided = provided(true);
    try (FunctionLoader one = load(jar, provided);
        FunctionLoader two = load(jar, provided)) {
      assertThat(one.loadClass("vendor.Api")).isNotSameAs(two.loadClass("vendor.Api"));
    }
  }

  @Test
  void ofClassPath_setInAHostsJar_isCopiedIntoTheStore() throws Exception {
    Map<String, byte[]> content = new LinkedHashMap<>();
    content.put(
        "META-INF/hearth/provided/index",
        "acme/packages\nacme/vendor.jar\n".getBytes(StandardCharsets.UTF_8));
    content.put(
        "META-INF/hearth/provided/acme/packages", "vendor.\n".getBytes(StandardCharsets.UTF_8));
    content.put(
        "META-INF/hearth/provided/acme/vendor.jar", Files.readAllBytes(vendorJar("class-path")));
    Path host = Files.write(directory.resolve("host.jar"), TestJar.zip(content));
    ArchiveStore store = ArchiveStore.open(directory.resolve("store"));
    Path jar = function().compileOnly(vendorJar("x")).build("f.jar");
    try (URLClassLoader hosts = new URLClassLoader(new URL[] {host.toUri().toURL()}, null)) {
      ProvidedApis provided = ProvidedApis.ofClassPath(hosts, store);
      try (FunctionLoader loader = load(jar, provided)) {
        assertThat(answer(loader)).isEqualTo("class-path");
      }
      assertThat(provided.names()).containsExactly("acme");
      assertThat(provided.jars("acme"))
          .singleElement()
          .satisfies(path -> assertThat(path).startsWith(directory.resolve("store")));
    }
  }

  @Test
  void of_directoryThatIsNotThere_hasNoSets() {
    assertThat(ProvidedApis.of(directory.resolve("nowhere")).names()).isEmpty();
  }
}
