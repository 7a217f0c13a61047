package dev.hearth.http.contract.openwhisk;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Actions as OpenWhisk's users write them, against Gson, which is not in the jar. */
final class Actions {

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  static final String ECHO = "public static JsonObject main(JsonObject args) { return args; }";

  /** Tells what the official suites' action for variables tells. */
  static final String VARIABLES =
      """
      public static JsonObject main(JsonObject args) {
        JsonObject all = new JsonObject();
        for (String name : args.keySet()) {
          String value = System.getenv(name);
          all.addProperty(name, value == null ? "missing" : value);
        }
        return all;
      }
      """;

  private Actions() {}

  /** The source of a class with these members. */
  static String source(String className, String members) {
    int dot = className.lastIndexOf('.');
    return (dot < 0 ? "" : "package " + className.substring(0, dot) + "; ")
        + "import com.google.gson.*; import java.util.*; public class "
        + className.substring(dot + 1)
        + " { "
        + members
        + " }";
  }

  static TestJar jar(Path directory, String className, String members) {
    return TestJar.of(directory)
        .compileOnly(PROVIDED.resolve("openwhisk").resolve("gson.jar"))
        .source(className, source(className, members));
  }

  /** A jar as the platform sends it. */
  static String base64(Path jar) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of {@code /init}; an env of null is sent as such. */
  static String init(String main, String code, boolean binary, String env) {
    return "{\"value\":{\"name\":\"echo\",\"main\":"
        + quoted(main)
        + ",\"code\":"
        + quoted(code)
        + ",\"binary\":"
        + binary
        + ",\"env\":"
        + env
        + "}}";
  }

  /** A JSON string. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        default -> json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /** Text with every character beyond ASCII as a Java escape, for sources. */
  static String ascii(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return escaped.toString();
  }
}
