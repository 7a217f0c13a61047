package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests of llhttp's own suite, which are not part of this repository: what its strict parser refuses, or accepts
 * in a lenient mode only, must not be served.
 */
class LlhttpVectorsTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("hearth.shared", "../shared"), "vectors", "llhttp");

  private record Vector(String name, String meta, String request, boolean invalid) {}

  @TestFactory
  List<DynamicTest> invalid_sentWhole_isNotServed(@TempDir Path directory) throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), "no vectors at " + VECTORS);
    List<DynamicTest> tests = new ArrayList<>();
    HttpLimits limits =
        HttpLimits.builder()
            .headerTimeout(Duration.ofMillis(300))
            .bodyGrace(Duration.ofMillis(300))
            .build();
    TestHost host = TestHost.with(directory, limits, "Echo");
    for (Vector vector : vectors()) {
      if (vector.invalid()) {
        tests.add(
            DynamicTest.dynamicTest(
                vector.name(), () -> assertNotServed(host, vector, vector.request())));
        tests.add(
            DynamicTest.dynamicTest(
                vector.name() + " with Host",
                () -> assertNotServed(host, vector, withHost(vector.request()))));
      }
    }
    tests.add(DynamicTest.dynamicTest("close", host::close));
    return tests;
  }

  @Test
  void vectors_parsed_areAllThere() throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), "no vectors at " + VECTORS);

    assertThat(vectors()).hasSizeGreaterThan(150);
  }

  /** Most of the suite's requests have no host, and must be refused for what they are about, not for that. */
  private static String withHost(String request) {
    int line = request.indexOf("\r\n", 4) + 2;
    return line < 2 || request.contains("Host:")
        ? request
        : request.substring(0, line) + "Host: x\r\n" + request.substring(line);
  }

  private static void assertNotServed(TestHost host, Vector vector, String request)
      throws IOException {
    try (RawClient client = host.connect()) {
      client.trickle(RawClient.bytes(request), 1 << 16).endOutput();
      String answer = client.readAll();

      assertThat(lastStatus(answer))
          .as(vector.name() + "\n" + request + "\n" + answer)
          .isNotEqualTo('2');
    }
  }

  /** The first digit of the last answer's status; a blank when there was none. */
  private static char lastStatus(String answers) {
    int last = answers.lastIndexOf("HTTP/1.1 ");
    return last < 0 ? ' ' : answers.charAt(last + 9);
  }

  private static List<Vector> vectors() throws IOException {
    List<Vector> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(VECTORS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        parse(file, all);
      }
    }
    return all;
  }

  private static void parse(Path file, List<Vector> into) throws IOException {
    String title = "";
    String meta = "";
    String request = "";
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#")) {
        title = line.replace("#", "").strip();
      } else if (line.startsWith("<!-- meta=")) {
        meta = line;
      } else if (line.startsWith("```") && line.length() > 3) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String block = String.join("\n", lines.subList(i + 1, end));
        if (line.equals("```http")) {
          request = bytes(block);
        } else if (line.equals("```log")) {
          into.add(
              new Vector(file.getFileName() + ": " + title, meta, request, isInvalid(meta, block)));
        }
        i = end;
      }
    }
  }

  /** What the strict parser refuses, or takes in a lenient mode only. */
  private static boolean isInvalid(String meta, String log) {
    // 22 is a pause for a protocol that we do not switch to; 5 is data behind the last request.
    boolean refused =
        log.contains(" error code=") && !log.contains("code=22 ") && !log.contains("code=5 ");
    boolean lenient = meta.contains("lenient") && !meta.contains("lenient-keep-alive");
    return refused || lenient;
  }

  /** The file's notation: a line end is CR LF unless escaped; an escaped one continues the line. */
  private static String bytes(String block) {
    String text = block.replace("\\\n", "");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\r\n");
      } else if (c == '\\' && i + 1 < text.length()) {
        i = escaped(text, i + 1, out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static int escaped(String text, int at, StringBuilder out) {
    switch (text.charAt(at)) {
      case 'r' -> out.append('\r');
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'f' -> out.append('\f');
      case 'x' -> {
        out.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
        return at + 2;
      }
      default -> out.append('\\').append(text.charAt(at));
    }
    return at;
  }
}
