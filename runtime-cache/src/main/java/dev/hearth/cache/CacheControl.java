package dev.hearth.cache;

import java.util.List;
import java.util.Locale;

/**
 * The directives of {@code Cache-Control} that a shared cache obeys (RFC 9111, section 5.2; RFC 5861). Unknown ones are left
 * out; a time that is no number counts as zero, the safe reading (RFC 9111, section 4.2.1).
 *
 * @param maxAge seconds, or -1 where it does not say; likewise the other times
 */
record CacheControl(
    boolean noStore,
    boolean noCache,
    boolean isPrivate,
    boolean isPublic,
    boolean mustRevalidate,
    boolean onlyIfCached,
    long maxAge,
    long sharedMaxAge,
    long staleWhileRevalidate,
    long staleIfError,
    long minFresh,
    long maxStale) {

  static final CacheControl NONE = new Reader().end();

  /** Reads all lines of a message. */
  static CacheControl of(List<String> lines) {
    if (lines.isEmpty()) {
      return NONE;
    }
    Reader reader = new Reader();
    for (String line : lines) {
      reader.read(line);
    }
    return reader.end();
  }

  private static final class Reader {
    private boolean noStore;
    private boolean noCache;
    private boolean isPrivate;
    private boolean isPublic;
    private boolean mustRevalidate;
    private boolean onlyIfCached;
    private long maxAge = -1;
    private long sharedMaxAge = -1;
    private long staleWhileRevalidate = -1;
    private long staleIfError = -1;
    private long minFresh = -1;
    private long maxStale = -1;

    /** Splits at commas outside quotes; where a quote is not closed, at all behind it, so that nothing is hidden by it. */
    void read(String line) {
      int from = 0;
      boolean quotes = true;
      for (int i = 0; i <= line.length(); i++) {
        if (i == line.length() || line.charAt(i) == ',') {
          directive(line.substring(from, i).trim());
          from = i + 1;
        } else if (quotes && line.charAt(i) == '"') {
          int end = closingQuote(line, i);
          quotes = end > i;
          i = end;
        }
      }
    }

    /** Where the quoted text ends that begins here; where it begins if it does not end. */
    private static int closingQuote(String line, int open) {
      for (int i = open + 1; i < line.length(); i++) {
        if (line.charAt(i) == '\\') {
          i++;
        } else if (line.charAt(i) == '"') {
          return i;
        }
      }
      return open;
    }

    private void directive(String text) {
      int equals = text.indexOf('=');
      String name = (equals < 0 ? text : text.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : text.substring(equals + 1).trim();
      switch (name) {
        case "no-store" -> noStore = true;
        // With a list of fields it is about those only; taking it for all is allowed and safe.
        case "no-cache" -> noCache = true;
        case "private" -> isPrivate = true;
        case "public" -> isPublic = true;
        case "must-revalidate", "proxy-revalidate" -> mustRevalidate = true;
        case "only-if-cached" -> onlyIfCached = true;
        case "max-age" -> maxAge = least(maxAge, seconds(value));
        case "s-maxage" -> sharedMaxAge = least(sharedMaxAge, seconds(value));
        case "stale-while-revalidate" -> staleWhileRevalidate = seconds(value);
        case "stale-if-error" -> staleIfError = seconds(value);
        case "min-fresh" -> minFresh = seconds(value);
        case "max-stale" -> maxStale = value.isEmpty() ? Integer.MAX_VALUE : seconds(value);
        default -> {
          // An extension; ignored, as RFC 9111 section 5.2.3 says.
        }
      }
    }

    private static long least(long before, long now) {
      return before < 0 ? now : Math.min(before, now);
    }

    private static long seconds(String value) {
      String digits =
          value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
              ? value.substring(1, value.length() - 1)
              : value;
      if (digits.isEmpty()) {
        return 0;
      }
      long seconds = 0;
      for (int i = 0; i < digits.length(); i++) {
        int digit = digits.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return 0;
        }
        seconds = Math.min(seconds * 10 + digit, Integer.MAX_VALUE);
      }
      return seconds;
    }

    CacheControl end() {
      return new CacheControl(
          noStore,
          noCache,
          isPrivate,
          isPublic,
          mustRevalidate,
          onlyIfCached,
          maxAge,
          sharedMaxAge,
          staleWhileRevalidate,
          staleIfError,
          minFresh,
          maxStale);
    }
  }
}
