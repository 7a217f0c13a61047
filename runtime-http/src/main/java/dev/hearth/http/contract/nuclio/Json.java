package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as the processor reads and writes it. */
final class Json {

  /**
   * Lines are bounded; within one nothing else is, but for depth. They are UTF-8: of another encoding the parser would not tell
   * where in the line a value is.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /** The text of the value that a parser of a line is at the beginning of; the parser is at its end afterwards. */
  static byte[] raw(byte[] line, JsonParser json) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.finishToken();
    json.skipChildren();
    return Arrays.copyOfRange(line, from, (int) json.currentLocation().getByteOffset());
  }

  /** The text with half surrogate pairs replaced, which UTF-8 cannot hold. */
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
