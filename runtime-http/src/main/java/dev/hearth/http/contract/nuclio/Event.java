package dev.hearth.http.contract.nuclio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as the processor sent it, in terms of HTTP.
 *
 * @param id as it was sent; null when there was none
 * @param query its fields, encoded as a URL has them
 * @param headers with the content type
 * @param attributes as the bindings of Nuclio's handlers read them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Event(
    @Nullable String id,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    Map<String, String> attributes) {}
