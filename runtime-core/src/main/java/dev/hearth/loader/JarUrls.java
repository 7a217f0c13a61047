package dev.hearth.loader;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

/**
 * Makes URLs of entries in the store's jars. They are {@code jar:} URLs like any other, but what opens
 * them leaves no file open in the JDK's cache of jars, and they refer to no loader.
 */
final class JarUrls extends URLStreamHandler {

  private static final JarUrls HANDLER = new JarUrls();

  private JarUrls() {}

  /** The URL of a jar, as {@link #entry} and code sources want it. */
  static URL jar(Path path) {
    try {
      // "!/" ends the name of the jar in a jar: URL, so an exclamation mark in it has to be
      // encoded.
      return new URL(path.toUri().toASCIIString().replace("!", "%21"));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }

  static URL entry(URL jar, String name) {
    try {
      String encoded = new URI(null, null, "/" + name, null).toASCIIString();
      return new URL("jar", "", -1, jar + "!" + encoded, HANDLER);
    } catch (URISyntaxException | MalformedURLException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    URLConnection connection = plain(url).openConnection();
    connection.setUseCaches(false);
    return connection;
  }

  /** Resolves a name against a URL by the JDK's rules for jars, or takes an absolute one as it is. */
  @Override
  protected void parseURL(URL url, String spec, int start, int limit) {
    String text = spec.substring(start, limit);
    boolean absolute = url.getFile() == null || url.getFile().isEmpty();
    try {
      URL resolved = absolute ? new URL("jar:" + text) : new URL(plain(url), text);
      setURL(url, "jar", "", -1, null, null, resolved.getPath(), resolved.getQuery(), url.getRef());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(spec, e);
    }
  }

  private static URL plain(URL url) throws MalformedURLException {
    return new URL(url.toExternalForm());
  }
}
