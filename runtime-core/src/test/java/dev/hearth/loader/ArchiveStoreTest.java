package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.testing.TestJar;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ArchiveStoreTest {

  @TempDir Path directory;

  private ArchiveStore open() throws Exception {
    return ArchiveStore.open(directory.resolve("store"));
  }

  private List<Path> stored() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("store"))) {
      return files.toList();
    }
  }

  /** A function that takes its answer from a library. */
  private TestJar hello() {
    return hello("a library");
  }

  private TestJar hello(String answer) {
    Path library =
        TestJar.of(directory)
            .source(
                "lib.Answer",
                "package lib; public class Answer { public static String text() { return \""
                    + answer
                    + "\"; } }")
            .entry("lib/answer.txt", answer)
            .build("answer.jar");
    return TestJar.of(directory)
        .source(
            "acme.Hello",
            "package acme; public class Hello implements java.util.function.Supplier<String> {"
                + " public String get() { return lib.Answer.text(); } }")
        .entry("acme/hello.txt", "hello")
        .manifest("Function-Class", "acme.Hello")
        .library(library);
  }

  private static String answer(StoredArchive archive) throws Exception {
    try (FunctionLoader loader = FunctionLoader.open("hello", archive)) {
      Object handler =
          Class.forName("acme.Hello", true, loader).getDeclaredConstructor().newInstance();
      assertThat(loader.getResource("acme/hello.txt")).isNotNull();
      assertThat(loader.getResource("lib/answer.txt")).isNotNull();
      return ((java.util.function.Supplier<?>) handler).get().toString();
    }
  }

  private static List<String> ownClasses(StoredArchive archive) throws Exception {
    List<String> names = new ArrayList<>();
    try (FunctionLoader loader = FunctionLoader.open("hello", archive)) {
      loader.visitOwnClasses(header -> names.add(header.name()));
    }
    return names;
  }

  private enum Form {
    FAT {
      @Override
      Path build(TestJar jar) {
        return jar.buildFat("hello.jar");
      }
    },
    SPRING_BOOT {
      @Override
      Path build(TestJar jar) {
        return jar.buildSpringBoot("hello.jar");
      }
    },
    WAR {
      @Override
      Path build(TestJar jar) {
        return jar.buildWar("hello.war");
      }
    },
    ZIP {
      @Override
      Path build(TestJar jar) {
        return jar.buildZip("hello.zip");
      }
    },
    EXPLODED {
      @Override
      Path build(TestJar jar) {
        return jar.buildExploded("hello");
      }
    },
    DIRECTORY {
      @Override
      Path build(TestJar jar) {
        return jar.buildDirectory("hello", "hello.jar");
      }
    };

    abstract Path build(TestJar jar);
  }

  @ParameterizedTest
  @EnumSource
  void add_eachForm_loadsClassesLibrariesAndResources(Form form) throws Exception {
    Path shipped = form.build(hello());

    StoredArchive archive = open().add(shipped);

    assertThat(answer(archive)).isEqualTo("a library");
    assertThat(archive.hash()).matches("[0-9a-f]{64}");
    assertThat(archive.classPath()).allMatch(jar -> jar.startsWith(directory.resolve("store")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"SPRING_BOOT", "WAR", "ZIP", "EXPLODED"})
  void add_eachFormWithLibraries_ownsOnlyItsClasses(Form form) throws Exception {
    StoredArchive archive = open().add(form.build(hello()));

    assertThat(ownClasses(archive)).containsExactly("acme.Hello");
    assertThat(archive.manifest()).containsEntry("function-class", "acme.Hello");
  }

  @ParameterizedTest
  @EnumSource
  void add_twice_givesTheSameAndKeepsItOnce(Form form) throws Exception {
    Path shipped = form.build(hello());
    ArchiveStore store = open();
    StoredArchive first = store.add(shipped);
    List<Path> before = stored();

    StoredArchive second = store.add(shipped);

    assertThat(second).isEqualTo(first);
    assertThat(stored()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void add_thinJar_keepsTheFileItself() throws Exception {
    Path jar = TestJar.of(directory).source("A", "class A {}").build("a.jar");

    StoredArchive archive = open().add(jar);

    assertThat(archive.classPath())
        .singleElement()
        .satisfies(kept -> assertThat(kept).hasSameBinaryContentAs(jar));
    assertThat(archive.hash()).isEqualTo(Hashes.of(jar));
    assertThat(archive.origin()).isEqualTo(jar.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "with space.jar", "a%20b.jar", "a#b.jar", "a!b.jar", "grüße-日本.jar"})
  void add_A26_unusualFileName_loads(String name) throws Exception {
    Path jar = hello().buildFat(name);

    assertThat(answer(open().add(jar))).isEqualTo("a library");
  }

  @Test
  void add_directoryWithOneJarUnderAnyName_isThatJar() throws Exception {
    Path jar = hello().buildFat("hello.jar");
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.copy(jar, folder.resolve("deployarchive"));

    assertThat(open().add(folder).hash()).isEqualTo(Hashes.of(jar));
  }

  @Test
  void add_directoryOfJars_ownsThoseBesideLibNotThoseInIt() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.createDirectory(folder.resolve("lib"));
    Path thin = hello().build("thin.jar");
    Files.copy(directory.resolve("answer.jar"), folder.resolve("lib/answer.jar"));
    Files.copy(
        TestJar.of(directory).source("B", "class B {}").build("b.jar"), folder.resolve("b.jar"));
    Files.copy(thin, folder.resolve("hello.jar"));

    StoredArchive archive = open().add(folder);

    assertThat(answer(archive)).isEqualTo("a library");
    assertThat(ownClasses(archive)).containsExactlyInAnyOrder("B", "acme.Hello");
  }

  @Test
  void add_directoryWhoseFileChanged_hasAnotherHash() throws Exception {
    Path folder = hello().buildExploded("folder");
    ArchiveStore store = open();
    String before = store.add(folder).hash();

    Files.writeString(folder.resolve("acme/hello.txt"), "bye");

    assertThat(store.add(folder).hash()).isNotEqualTo(before);
  }

  @Test
  void add_A03_linkToFileInside_countsAsThatFile() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("volume"));
    Files.createDirectory(folder.resolve("..data"));
    Files.copy(hello().buildFat("x.jar"), folder.resolve("..data/hello.jar"));
    Files.createSymbolicLink(folder.resolve("hello.jar"), Path.of("..data/hello.jar"));

    assertThat(answer(open().add(folder))).isEqualTo("a library");
  }

  @Test
  void add_A18_fileReplacedAfterwards_hasNoEffect() throws Exception {
    Path jar = hello().buildFat("hello.jar");
    StoredArchive archive = open().add(jar);

    Files.writeString(jar, "gone");

    assertThat(answer(archive)).isEqualTo("a library");
  }

  @Test
  void add_copyInStoreDamaged_isReplaced() throws Exception {
    Path jar = hello().buildFat("hello.jar");
    ArchiveStore store = open();
    Path kept = store.add(jar).classPath().get(0);
    Files.writeString(kept, "damaged");

    assertThat(answer(store.add(jar))).isEqualTo("a library");
  }

  @Test
  void add_nestedCopyInStoreDamaged_isReplaced() throws Exception {
    Path jar = hello().buildSpringBoot("hello.jar");
    ArchiveStore store = open();
    Path library = store.add(jar).classPath().get(1);
    Files.writeString(library, "damaged");

    assertThat(answer(store.add(jar))).isEqualTo("a library");
  }

  @Test
  void add_tenThousandTimes_doesNotGrowTheStore() throws Exception {
    Path jar = TestJar.of(directory).source("A", "class A {}").build("a.jar");
    ArchiveStore store = open();

    for (int i = 0; i < 10_000; i++) {
      store.add(jar);
    }

    assertThat(stored()).hasSize(1);
  }

  @Test
  void add_concurrently_givesOneCopy() throws Exception {
    Path jar = hello().buildSpringBoot("hello.jar");
    ArchiveStore store = open();
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<StoredArchive>> adding = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        adding.add(
            executor.submit(
                () -> {
                  start.await();
                  return store.add(jar);
                }));
      }
      start.countDown();

      for (Future<StoredArchive> added : adding) {
        assertThat(answer(added.get(60, TimeUnit.SECONDS))).isEqualTo("a library");
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(stored()).hasSize(3).noneMatch(ArchiveStoreTest::isIncoming);
  }

  @Test
  void add_archivesWithEqualLibraries_shareThem() throws Exception {
    ArchiveStore store = open();

    StoredArchive boot = store.add(hello().buildSpringBoot("boot.jar"));
    StoredArchive zip = store.add(hello().buildZip("hello.zip"));

    assertThat(boot.classPath().get(1)).isEqualTo(zip.classPath().get(1));
  }

  @Test
  void open_leftoverOfACrash_isRemoved() throws Exception {
    Path left = Files.createDirectories(directory.resolve("store")).resolve("incoming123.jar");
    Files.writeString(left, "half");

    open();

    assertThat(left).doesNotExist();
  }

  @Test
  void open_whileAnotherStoreWritesThere_leavesItsFile() throws Exception {
    Path path = Files.createDirectories(directory.resolve("store")).resolve("incoming123.jar");
    try (FileChannel writer =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(writer.tryLock()).isNotNull();

      open();

      assertThat(path).exists();
    }
  }

  static boolean isIncoming(Path file) {
    return file.getFileName().toString().startsWith("incoming");
  }

  @Test
  void add_severalArchives_becomeOneInTheirOrder() throws Exception {
    TestJar jar = hello();
    Path classes = jar.build("thin.jar");
    Path resources = Files.createDirectories(directory.resolve("resources/config"));
    Files.writeString(resources.resolve("a.txt"), "a");
    Path none = Files.createDirectories(directory.resolve("none"));
    Path first = library("first");
    Path second = library("second");

    StoredArchive archive =
        open().add(List.of(classes, directory.resolve("resources"), none, first, second));

    assertThat(answer(archive)).isEqualTo("first");
    assertThat(archive.classPath()).hasSize(4);
    assertThat(archive.manifest()).containsEntry("function-class", "acme.Hello");
    assertThat(ownClasses(archive)).contains("acme.Hello", "lib.Answer");
    try (FunctionLoader loader = FunctionLoader.open("hello", archive)) {
      assertThat(loader.getResource("config/a.txt")).isNotNull();
    }
  }

  @Test
  void add_severalArchives_haveAHashOfTheirContentAndOrder() throws Exception {
    Path thin = hello().build("thin.jar");
    Path first = library("first");
    Path second = library("second");
    ArchiveStore store = open();

    String hash = store.add(List.of(thin, first, second)).hash();

    assertThat(store.add(List.of(thin, first, second)).hash()).isEqualTo(hash);
    assertThat(store.add(List.of(thin, second, first)).hash()).isNotEqualTo(hash);
    assertThat(store.add(List.of(thin)).hash()).isEqualTo(store.add(thin).hash());
  }

  @Test
  void add_severalArchives_oneThatIsMissing_isNamed() throws Exception {
    Path thin = hello().build("thin.jar");
    ArchiveStore store = open();

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> store.add(List.of(thin, directory.resolve("absent.jar"))))
        .withMessageContaining("absent.jar does not exist");
  }

  private Path library(String answer) {
    return TestJar.of(directory.resolve(answer))
        .source(
            "lib.Answer",
            "package lib; public class Answer { public static String text() { return \""
                + answer
                + "\"; } }")
        .entry("lib/answer.txt", answer)
        .build("answer.jar");
  }
}
