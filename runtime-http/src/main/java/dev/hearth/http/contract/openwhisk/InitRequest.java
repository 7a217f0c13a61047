package dev.hearth.http.contract.openwhisk;

import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /init} asks for.
 *
 * @param name the action's; null when it is not told
 * @param main the entry point as the user wrote it; null or empty for none
 * @param code the code, a text; null or empty for none
 * @param binary whether the code is said to be base64
 * @param env variables to be set before any of the code runs
 */
record InitRequest(
    @Nullable String name,
    @Nullable String main,
    @Nullable Field code,
    boolean binary,
    Map<String, String> env) {

  /** Reads what {@code /init} carries as {@code value}; nothing in it is the same as none. */
  static InitRequest of(@Nullable Field value) throws MalformedException {
    if (value == null) {
      return new InitRequest(null, null, null, false, Map.of());
    }
    JsonFields fields = value.fields();
    Field binary = fields.get("binary");
    return new InitRequest(
        text(fields.get("name")),
        text(fields.get("main")),
        fields.get("code"),
        binary != null && binary.isTrue(),
        env(fields.get("env")));
  }

  private static @Nullable String text(@Nullable Field field) throws MalformedException {
    return field == null ? null : field.text();
  }

  /** The platform sends texts; for anything else that has one, its text is taken. */
  private static Map<String, String> env(@Nullable Field field) throws MalformedException {
    Map<String, String> env = new HashMap<>();
    if (field != null) {
      for (Map.Entry<String, Field> each : field.fields().all().entrySet()) {
        String text = each.getValue().scalar();
        env.put(each.getKey(), text == null ? "" : text);
      }
    }
    return env;
  }

  boolean hasCode() {
    return code != null && !code.isTextWithin(0);
  }

  boolean hasMain() {
    return main != null && !main.isBlank();
  }

  /**
   * The handler that is meant: {@code Class#} is {@code Class}, whose {@code main} is called. The bare word {@code main},
   * which is sent when the user named nothing, leaves it to the archive.
   */
  @Nullable String handler() {
    String text = main == null ? "" : main.strip();
    if (text.equals("main")) {
      return null;
    }
    return text.endsWith("#") ? text.substring(0, text.length() - 1) : text;
  }

  /** The name of the method that is meant. */
  String method() {
    String text = main == null ? "" : main.strip();
    int colons = text.lastIndexOf("::");
    int cut = colons >= 0 ? colons + 2 : text.lastIndexOf('#') + 1;
    return cut <= 0 || cut == text.length() ? "main" : text.substring(cut);
  }
}
