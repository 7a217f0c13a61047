package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.http.ops.RefusedChangeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fetches archives by URL, from where the operator allows it and nowhere else: redirects are not followed, and what comes must have the
 * hash that was told. Thread-safe.
 */
final class RemoteArchives {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 30_000;
  private static final Duration WHOLE = Duration.ofMinutes(5);
  private static final long MOST_BYTES = 1L << 30;

  private final List<String> allowed;

  /**
   * @param allowed what an address must begin with, such as {@code https://repo.example/jars/}; none to fetch nothing
   */
  RemoteArchives(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Reads the list as the option has it.
   *
   * @throws UsageException if one is no address of a folder
   */
  static RemoteArchives of(@Nullable Setting<String> option) {
    if (option == null) {
      return new RemoteArchives(List.of());
    }
    List<String> prefixes = List.of(option.value().split(","));
    for (String prefix : prefixes) {
      boolean web = prefix.startsWith("https://") || prefix.startsWith("http://");
      if (!web || !prefix.endsWith("/") || prefix.indexOf('/', 8) < 0) {
        throw new UsageException(
            option.origin()
                + ": '"
                + prefix
                + "' is no folder to fetch from; expected such as https://repo.example/jars/");
      }
    }
    return new RemoteArchives(prefixes);
  }

  /** Fetches an archive into the host's store; gives its hash. */
  String keep(Hearth hearth, String url, @Nullable String sha256) {
    URI address = address(url);
    if (sha256 == null) {
      throw new RefusedChangeException(
          400, "archive " + url + " is fetched only with its SHA-256; add ?sha256=…");
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setUseCaches(false);
      return read(hearth, url, connection, sha256);
    } catch (IOException e) {
      throw new RefusedChangeException(
          422, "archive " + url + " cannot be fetched: " + e.getMessage());
    }
  }

  private static String read(Hearth hearth, String url, HttpURLConnection from, String sha256)
      throws IOException {
    try {
      int status = from.getResponseCode();
      if (status != 200) {
        throw new IOException("status " + status + ", not 200; redirects are not followed");
      }
      try (InputStream body = new Bounded(from)) {
        String hash = hearth.keep(body, url);
        if (!hash.equals(sha256.toLowerCase(Locale.ROOT))) {
          throw new RefusedChangeException(
              422, "archive " + url + " has SHA-256 " + hash + ", not " + sha256);
        }
        return hash;
      }
    } finally {
      from.disconnect();
    }
  }

  private URI address(String url) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      throw new RefusedChangeException(400, "archive '" + url + "' is no URL: " + e.getReason());
    }
    boolean plain =
        address.getUserInfo() == null
            && address.getRawPath() != null
            && !address.getRawPath().toLowerCase(Locale.ROOT).contains("%2e")
            && address.normalize().equals(address);
    for (String prefix : allowed) {
      if (plain && url.startsWith(prefix)) {
        return address;
      }
    }
    throw new RefusedChangeException(
        403,
        "archive "
            + url
            + " is not fetched: "
            + (allowed.isEmpty()
                ? "archives from URLs are off; upload it, name a file, or start with --admin-archives"
                : "allowed are " + String.join(", ", allowed)));
  }

  /** A body that is neither too long nor too slow as a whole. */
  private static final class Bounded extends FilterInputStream {
    private final long endNanos = System.nanoTime() + WHOLE.toNanos();
    private long left = MOST_BYTES;

    Bounded(URLConnection from) throws IOException {
      super(from.getInputStream());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (System.nanoTime() - endNanos > 0) {
        throw new IOException("it is not there after " + WHOLE.toMinutes() + " minutes");
      }
      int read = super.read(bytes, from, count);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      return read;
    }
  }
}
