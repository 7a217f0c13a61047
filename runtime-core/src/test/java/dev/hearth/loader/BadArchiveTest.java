package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hearth.testing.TestJar;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of HOSTILE.md, chapter A, that are refused before anything of them is loaded. */
@Timeout(120)
final class BadArchiveTest {

  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;

  /** Whatever is refused leaves nothing in the store. */
  @AfterEach
  void storeIsEmpty() throws Exception {
    Path store = directory.resolve("store");
    if (Files.exists(store)) {
      try (Stream<Path> files = Files.list(store)) {
        assertThat(
                files.filter(
                    file -> !file.toString().endsWith(".jar") || ArchiveStoreTest.isIncoming(file)))
            .isEmpty();
      }
    }
  }

  private String refusal(Path archive) throws Exception {
    ArchiveStore store = ArchiveStore.open(directory.resolve("store"));
    DeployException refused = catchThrowableOfType(DeployException.class, () -> store.add(archive));
    assertThat(refused).as("refusal of %s", archive).isNotNull();
    String message = String.valueOf(refused.getMessage());
    assertThat(message).startsWith("archive " + archive).doesNotContain("\n");
    return message;
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("bad.jar"), bytes);
  }

  private static byte[] jar(String... names) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (String name : names) {
      content.put(name, NOTHING);
    }
    return TestJar.zip(content);
  }

  /** Overwrites every occurrence of a name in a zip with another of the same length. */
  private static byte[] renamed(byte[] zip, String from, String to) {
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void add_A01_notAZip_isRefused() throws Exception {
    assertThat(refusal(file("#!/bin/sh\n".repeat(10).getBytes(StandardCharsets.UTF_8))))
        .contains("is not a zip file", "23 21 2f 62");
  }

  @Test
  void add_A01_emptyFile_isRefused() throws Exception {
    assertThat(refusal(file(NOTHING))).contains("is empty (0 bytes)");
  }

  @Test
  void add_A01_onlyADirectoryRecord_isRefusedSayingWhatWasLookedFor() throws Exception {
    assertThat(refusal(file(jar("acme/"))))
        .contains("holds no classes", "BOOT-INF/classes", "WEB-INF/lib");
  }

  @Test
  void add_A01_emptyZip_isRefused() throws Exception {
    assertThat(refusal(file(jar()))).contains("holds no classes");
  }

  @Test
  void add_A01_everyCut_isRefused() throws Exception {
    byte[] whole = jar("acme/A.class", "acme/B.class");
    for (int length = 1; length < whole.length; length++) {
      assertThat(refusal(file(Arrays.copyOf(whole, length)))).containsAnyOf("cut", "not a zip");
    }
  }

  @Test
  void add_A01_directoryRecordDamaged_isRefusedWithItsOffset() throws Exception {
    byte[] zip = jar("acme/A.class");
    int end = zip.length - 22;
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(end + 12, 1_000_000);

    assertThat(refusal(file(zip))).contains("is damaged", "offset " + end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../evil.txt",
        "/abs/evil.txt",
        "C:/win/ev.txt",
        "a\\b\\evil.txt",
        "a/b/../../../x"
      })
  void add_A02_nameThatLeadsOutside_isRefusedWithTheName(String name) throws Exception {
    assertThat(refusal(file(jar("A.class", name)))).contains("'" + name + "'");
  }

  @Test
  void add_A02_nameWithNul_isRefused() throws Exception {
    assertThat(refusal(file(renamed(jar("A.class", "a_b.txt"), "a_b.txt", "a\0b.txt"))))
        .contains("'a?b.txt'", "NUL");
  }

  @Test
  void add_A03_linkOutOfADirectory_isRefusedWithItsTarget() throws Exception {
    Path outside = Files.writeString(directory.resolve("secret"), "secret").toRealPath();
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.write(folder.resolve("A.class"), NOTHING);
    Files.createSymbolicLink(folder.resolve("link.txt"), outside);

    assertThat(refusal(folder)).contains("'link.txt'", outside.toString());
  }

  @Test
  void add_A03_linkToNothing_isRefused() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("nothing"));

    assertThat(refusal(folder)).contains("'link.txt'", "not there");
  }

  @Test
  void add_A04_smallFileThatOpensToGigabytes_isRefused() throws Exception {
    Path bomb = directory.resolve("bomb.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zeros(out, "A.class", 1);
      zeros(out, "zeros", (int) Budget.RATIO_FLOOR + 1);
    }

    assertThat(refusal(bomb)).contains("more than 100 times its size");
  }

  @Test
  void add_A04_nestedBomb_isRefusedWithItsName() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bomb)) {
      zeros(out, "A.class", 1);
      zeros(out, "zeros", (int) Budget.RATIO_FLOOR + 1);
    }
    Path zip = file(TestJar.zip(Map.of("lib/bomb.jar", bomb.toByteArray())));

    assertThat(refusal(zip)).contains("'lib/bomb.jar'", "more than 100 times its size");
  }

  private static void zeros(ZipOutputStream out, String name, int count) throws IOException {
    byte[] zeros = new byte[1 << 16];
    out.putNextEntry(new ZipEntry(name));
    for (int left = count; left > 0; left -= zeros.length) {
      out.write(zeros, 0, Math.min(left, zeros.length));
    }
    out.closeEntry();
  }

  @Test
  void add_A04_moreEntriesThanTheLimit_isRefused() throws Exception {
    Path many = directory.resolve("many.jar");
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(many)))) {
      for (int i = 0; i <= Budget.JAR_ENTRIES; i++) {
        out.putNextEntry(new ZipEntry("C" + i + ".class"));
      }
    }

    assertThat(refusal(many)).contains("100001 entries", "100000");
  }

  @Test
  void add_A04_statedSizeInTerabytes_isRefused() throws Exception {
    byte[] zip = jar("A.class");
    int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(central + 24, 0xFFFFFFFE);

    assertThat(refusal(file(zip))).contains("limit");
  }

  @Test
  void add_A04_entriesThatOverlap_isRefused() throws Exception {
    byte[] one = TestJar.zip(Map.of("A.class", new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    int central = new String(one, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    int end = one.length - 22;
    byte[] record = Arrays.copyOfRange(one, central, end);
    ByteBuffer zip = ByteBuffer.allocate(one.length + record.length).order(ByteOrder.LITTLE_ENDIAN);
    zip.put(one, 0, end).put(record).put(one, end, 22);
    zip.put(end + 46, (byte) 'B'); // both share the bytes of the first
    int newEnd = end + record.length;
    zip.putShort(newEnd + 8, (short) 2).putShort(newEnd + 10, (short) 2);
    zip.putInt(newEnd + 12, 2 * record.length);

    assertThat(refusal(file(zip.array()))).contains("overlap");
  }

  @Test
  void add_A05_jarsInJarsInJars_isRefused() throws Exception {
    byte[] jar = jar("A.class");
    for (int depth = 0; depth < 10; depth++) {
      jar = TestJar.zip(Map.of("lib/nested.jar", jar));
    }

    assertThat(refusal(file(jar))).contains("one level deep", "'lib/nested.jar'");
  }

  @Test
  void add_A06_twoEntriesOfOneName_isRefusedWithTheName() throws Exception {
    assertThat(refusal(file(renamed(jar("acme/A.class", "acme/B.class"), "B.class", "A.class"))))
        .contains("two entries named 'acme/A.class'");
  }

  @Test
  void add_encryptedEntry_isRefused() throws Exception {
    byte[] zip = jar("A.class");
    int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    zip[central + 8] |= 1;

    assertThat(refusal(file(zip))).contains("encrypted entry 'A.class'");
  }

  @Test
  void add_unknownCompression_isRefused() throws Exception {
    byte[] zip = jar("A.class");
    int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    zip[central + 10] = 12;

    assertThat(refusal(file(zip))).contains("'A.class'", "method 12");
  }

  @Test
  void add_nestedJarThatIsNoZip_isRefusedWithItsName() throws Exception {
    Path zip = file(TestJar.zip(Map.of("lib/x.jar", "text".getBytes(StandardCharsets.UTF_8))));

    assertThat(refusal(zip)).contains("'lib/x.jar'", "not a zip");
  }

  @Test
  void add_A10_signedJarWithAChangedEntry_isRefusedWithTheEntry() throws Exception {
    Path jar = SignedJar.of(directory, "A.class", "B.class");
    Path changed = SignedJar.replace(jar, "B.class", "changed".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(changed)).contains("is signed", "'B.class'");
  }

  @Test
  void add_A26_missingPath_isRefused() throws Exception {
    assertThat(refusal(directory.resolve("nowhere/x.jar"))).contains("does not exist");
  }

  @Test
  void add_A26_unreadableFile_isRefused() throws Exception {
    Path jar = file(jar("A.class"));
    assumeFalse(!jar.toFile().setReadable(false) || Files.isReadable(jar), "runs as root");

    assertThat(refusal(jar)).contains("may not be read");
  }

  @Test
  void add_A26_device_isRefusedWithoutReadingIt() throws Exception {
    assertThat(refusal(Path.of("/dev/zero"))).contains("neither a file nor a directory");
  }

  @Test
  void add_pipeInADirectory_isRefusedWithoutWaitingForAWriter() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
    assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(refusal(folder)).contains("'pipe'", "neither file nor folder");
  }

  @Test
  void add_emptyDirectory_isRefused() throws Exception {
    assertThat(refusal(Files.createDirectory(directory.resolve("folder"))))
        .contains("holds no classes");
  }
}
