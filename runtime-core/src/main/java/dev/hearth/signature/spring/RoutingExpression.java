package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The part of Spring's expression language that plain functions are routed by: {@code headers['name']}, {@code headers.name} or a text in
 * quotes. A Spring Boot application has all of the language.
 *
 * @param header the header whose value is the name; null for a text
 * @param text the name itself; null for a header
 */
record RoutingExpression(@Nullable String header, @Nullable String text) {

  private static final String HEADERS = "headers";

  /**
   * Reads one.
   *
   * @throws InputException if it is anything else
   */
  static RoutingExpression parse(String expression) throws InputException {
    String stripped = expression.strip();
    String quoted = unquoted(stripped);
    if (quoted != null) {
      return new RoutingExpression(null, quoted);
    }
    if (stripped.startsWith(HEADERS)) {
      String rest = stripped.substring(HEADERS.length()).strip();
      String name =
          rest.startsWith("[") && rest.endsWith("]")
              ? unquoted(rest.substring(1, rest.length() - 1).strip())
              : property(rest);
      if (name != null) {
        return new RoutingExpression(name, null);
      }
    }
    throw InputException.of(
        500,
        "routing expression '"
            + expression
            + "' is more than plain functions are routed by; write headers['name'], or ship a"
            + " Spring Boot application");
  }

  private static @Nullable String unquoted(String text) {
    if (text.length() < 2) {
      return null;
    }
    char quote = text.charAt(0);
    boolean isQuoted =
        (quote == '\'' || quote == '"') && text.indexOf(quote, 1) == text.length() - 1;
    return isQuoted ? text.substring(1, text.length() - 1) : null;
  }

  private static @Nullable String property(String rest) {
    if (rest.length() < 2 || rest.charAt(0) != '.') {
      return null;
    }
    for (int i = 1; i < rest.length(); i++) {
      if (!Character.isJavaIdentifierPart(rest.charAt(i))) {
        return null;
      }
    }
    return rest.substring(1);
  }

  @Nullable String value(Envelope message) {
    return header == null ? text : message.header(header);
  }
}
