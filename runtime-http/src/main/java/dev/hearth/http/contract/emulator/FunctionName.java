package dev.hearth.http.contract.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A function as a path names it: {@code name}, {@code name:qualifier}, {@code 123456789012:function:name}, or an ARN.
 *
 * @param qualifier version or alias, or null
 */
record FunctionName(String name, @Nullable String qualifier) {

  private static final int LONGEST = 256;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_QUALIFIER = 128;
  private static final String LATEST = "$LATEST";

  /**
   * Reads a segment of a path.
   *
   * @param segment percent-encoded or not
   * @param asked the qualifier that the query names, or null
   */
  static FunctionName parse(String segment, @Nullable String asked) throws ApiException {
    String text = decode(segment);
    String[] parts = text.split(":", -1);
    int at = prefix(parts);
    boolean fits = parts.length - at >= 1 && parts.length - at <= 2 && text.length() <= LONGEST;
    if (!fits || !isName(parts[at], LONGEST_NAME)) {
      throw invalid(text);
    }
    String own = parts.length - at == 2 ? qualifier(parts[at + 1]) : null;
    String queried = asked == null ? null : qualifier(decode(asked));
    if (own != null && queried != null && !own.equals(queried)) {
      throw ApiException.parameter(
          "The derived qualifier from the function name does not match the specified qualifier: '"
              + own
              + "' and '"
              + queried
              + "'");
    }
    return new FunctionName(parts[at], own == null ? queried : own);
  }

  /** How many parts come before the name, each of which may be left out. */
  private static int prefix(String[] parts) {
    int last = parts.length - 1; // the name at least is behind it
    int at = 0;
    if (last >= 3 && parts[0].equals("arn") && parts[1].startsWith("aws")) {
      at = parts[2].equals("lambda") ? 3 : 0;
    }
    at = at < last && isRegion(parts[at]) ? at + 1 : at;
    at = at < last && isAccount(parts[at]) ? at + 1 : at;
    return at < last && parts[at].equals("function") ? at + 1 : at;
  }

  /** {@code us-east-1}, {@code us-gov-west-1}. */
  private static boolean isRegion(String text) {
    String[] parts = text.split("-", -1);
    int number = parts.length - 1;
    return (parts.length == 3 || (parts.length == 4 && parts[1].equals("gov")))
        && parts[0].length() == 2
        && parts[number].length() == 1
        && Span.digits(parts[number]) >= 0;
  }

  private static boolean isAccount(String text) {
    return text.length() == 12
        && Span.digits(text.substring(0, 6)) >= 0
        && Span.digits(text.substring(6)) >= 0;
  }

  static String decode(String text) throws ApiException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
  }

  private static String qualifier(String text) throws ApiException {
    if (!text.equals(LATEST) && !isName(text, LONGEST_QUALIFIER)) {
      throw ApiException.parameter(
          "Qualifier '" + text + "' is not allowed; it must be $LATEST, a version or an alias");
    }
    return text;
  }

  /** Letters, digits, hyphens, underscores; dots for functions, which no qualifier has. */
  private static boolean isName(String text, int longest) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '-' && c != '_' && (c != '.' || longest != LONGEST_NAME)) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= longest;
  }

  private static ApiException invalid(String text) {
    return ApiException.parameter(
        "FunctionName '" + text + "' is not allowed; it must be a name, a partial or a whole ARN");
  }
}
