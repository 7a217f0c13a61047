package dev.hearth.http.ops;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request to deploy says beside its body: {@code sha256}, {@code base} and {@code force} in its query, and the spec in a header
 * where the body is the archive.
 */
record PutRequest(
    boolean isUpload,
    @Nullable String spec,
    @Nullable String base,
    @Nullable String sha256,
    boolean force) {

  private static final String SPEC = "Hearth-Spec";

  static PutRequest of(Request request) {
    Headers headers = request.headers();
    String type = headers.first("content-type").orElse("");
    boolean json = type.isEmpty() || type.startsWith("application/json");
    return new PutRequest(
        !json,
        headers.first(SPEC).orElse(null),
        parameter(request.query(), "base"),
        parameter(request.query(), "sha256"),
        "true".equals(parameter(request.query(), "force")));
  }

  private static @Nullable String parameter(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw new RefusedChangeException(
              400, "query parameter " + name + " is not percent-encoded: " + e.getMessage());
        }
      }
    }
    return null;
  }

  /** With the body for a spec. */
  Deployments.Wanted wanted(String name, byte[] body) {
    return new Deployments.Wanted(
        name, new String(body, StandardCharsets.UTF_8), base, null, sha256, force);
  }

  /** With the body for an archive. */
  Deployments.Wanted wantedUpload(String name, byte[] body) {
    Sha256.require(body, sha256);
    InputStream upload = new ByteArrayInputStream(body);
    return new Deployments.Wanted(name, spec == null ? "{}" : spec, base, upload, sha256, force);
  }
}
