package conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that the conformance client reads when an answer is there, and the JSON it takes to write it. */
final class Output {

  private Output() {}

  static void write(byte[] content) throws IOException {
    Files.write(Path.of("function_output.json"), content);
  }

  static void write(StringBuilder json) throws IOException {
    write(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String quoted(Object value) {
    if (value == null) {
      return "null";
    }
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return text.append('"').toString();
  }
}
