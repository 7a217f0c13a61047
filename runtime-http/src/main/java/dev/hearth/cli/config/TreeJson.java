package dev.hearth.cli.config;

import dev.hearth.cloudevents.JsonText;
import java.util.Map;

/** A part of a settings file as JSON that is read as the same settings. */
final class TreeJson {

  private TreeJson() {}

  static String of(Tree tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out);
    return out.toString();
  }

  private static void write(Tree tree, StringBuilder out) {
    if (tree instanceof Tree.Scalar scalar) {
      out.append(of(scalar));
    } else if (tree instanceof Tree.Sequence sequence) {
      out.append('[');
      String comma = "";
      for (Tree item : sequence.items()) {
        out.append(comma);
        write(item, out);
        comma = ",";
      }
      out.append(']');
    } else {
      write((Tree.Mapping) tree, out);
    }
  }

  private static void write(Tree.Mapping mapping, StringBuilder out) {
    out.append('{');
    String comma = "";
    for (Map.Entry<String, Tree.Entry> entry : mapping.entries().entrySet()) {
      out.append(comma).append(JsonText.print(entry.getKey())).append(':');
      write(entry.getValue().value(), out);
      comma = ",";
    }
    out.append('}');
  }

  /** Without quotes only what JSON has without quotes: the reader tells a number from a text by them. */
  private static String of(Tree.Scalar scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    String text = scalar.text();
    boolean bare = text.equals("true") || text.equals("false") || isNumber(text);
    return scalar.plain() && bare ? text : JsonText.print(text);
  }

  private static boolean isNumber(String text) {
    boolean digits = text.length() == 1 || (!text.isEmpty() && text.charAt(0) != '0');
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }
}
