package dev.hearth.signature.fission;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.core.MultivaluedHashMap;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.PathSegment;
import javax.ws.rs.core.UriBuilder;
import javax.ws.rs.core.UriInfo;

/**
 * An address taken apart. Nothing was matched on the way to the function, so there are no path parameters.
 *
 * @param uri absolute
 */
record JaxrsUri(URI uri) implements UriInfo {

  @Override
  public String getPath() {
    return getPath(true);
  }

  @Override
  public String getPath(boolean decode) {
    String path = decode ? uri.getPath() : uri.getRawPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }

  @Override
  public List<PathSegment> getPathSegments() {
    return getPathSegments(true);
  }

  @Override
  public List<PathSegment> getPathSegments(boolean decode) {
    List<PathSegment> segments = new ArrayList<>();
    for (String segment : getPath(false).split("/", -1)) {
      segments.add(Segment.of(segment, decode));
    }
    return List.copyOf(segments);
  }

  @Override
  public URI getRequestUri() {
    return uri;
  }

  @Override
  public UriBuilder getRequestUriBuilder() {
    return UriBuilder.fromUri(uri);
  }

  @Override
  public URI getAbsolutePath() {
    return uri.resolve(uri.getRawPath());
  }

  @Override
  public UriBuilder getAbsolutePathBuilder() {
    return UriBuilder.fromUri(getAbsolutePath());
  }

  @Override
  public URI getBaseUri() {
    return uri.resolve("/");
  }

  @Override
  public UriBuilder getBaseUriBuilder() {
    return UriBuilder.fromUri(getBaseUri());
  }

  @Override
  public MultivaluedMap<String, String> getPathParameters() {
    return new MultivaluedHashMap<>();
  }

  @Override
  public MultivaluedMap<String, String> getPathParameters(boolean decode) {
    return new MultivaluedHashMap<>();
  }

  @Override
  public MultivaluedMap<String, String> getQueryParameters() {
    return getQueryParameters(true);
  }

  @Override
  public MultivaluedMap<String, String> getQueryParameters(boolean decode) {
    String query = uri.getRawQuery();
    return query == null ? new MultivaluedHashMap<>() : pairs(query.split("&"), decode);
  }

  private static MultivaluedMap<String, String> pairs(String[] pairs, boolean decode) {
    MultivaluedMap<String, String> map = new MultivaluedHashMap<>();
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        map.add(decoded(name), decode ? decoded(value) : value);
      }
    }
    return map;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public List<String> getMatchedURIs() {
    return List.of();
  }

  @Override
  public List<String> getMatchedURIs(boolean decode) {
    return List.of();
  }

  @Override
  public List<Object> getMatchedResources() {
    return List.of();
  }

  @Override
  public URI resolve(URI relative) {
    return getBaseUri().resolve(relative);
  }

  @Override
  public URI relativize(URI other) {
    return uri.relativize(resolve(other));
  }

  private record Segment(String path, MultivaluedMap<String, String> matrix)
      implements PathSegment {

    static Segment of(String text, boolean decode) {
      String[] parts = text.split(";");
      String path = parts.length == 0 ? "" : parts[0];
      String[] parameters = new String[Math.max(0, parts.length - 1)];
      System.arraycopy(parts, parts.length - parameters.length, parameters, 0, parameters.length);
      return new Segment(
          decode ? decoded(path.replace("+", "%2B")) : path, pairs(parameters, decode));
    }

    @Override
    public String getPath() {
      return path;
    }

    @Override
    public MultivaluedMap<String, String> getMatrixParameters() {
      return matrix;
    }
  }
}
