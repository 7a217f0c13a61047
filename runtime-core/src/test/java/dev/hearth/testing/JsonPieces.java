package dev.hearth.testing;

import java.util.List;

/** What means something to parsers of JSON. */
public final class JsonPieces {

  private JsonPieces() {}

  /** In no order. */
  public static final List<String> ALL =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u",
          "\\ud800",
          "\\u0000",
          "\"a\":",
          "{\"a\":",
          "null",
          "true",
          "false",
          "0",
          "-",
          "-0",
          "1.5",
          "1e",
          "1E+400",
          "99999999999999999999",
          " ",
          "\t",
          "\r",
          "\n",
          "\0",
          "/",
          "//",
          "'",
          "NaN",
          "\u00ef\u00bb\u00bf",
          "\u00ed\u00a0\u0080",
          "\u00c3\u00a9",
          "\u00ff",
          "[[[[[[[[",
          "\"\"");
}
