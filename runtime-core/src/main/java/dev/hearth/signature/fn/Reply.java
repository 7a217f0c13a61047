package dev.hearth.signature.fn;

import com.fnproject.fn.api.OutputEvent;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.OutputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a call is answered with.
 *
 * @param event what the function gave
 * @param headers what its context adds to the event's, replacing those of the same names
 * @param toFn whether Fn's agent gets it, which takes the HTTP response apart by itself
 */
record Reply(OutputEvent event, Map<String, List<String>> headers, boolean toFn) {

  private static final String CONTENT_TYPE = "Content-Type";

  /** Headers that are the server's and the kit's, in lower case. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "content-length", "transfer-encoding", "connection", "fn-fdk-version", "fn-fdk-runtime");

  /**
   * Writes it, complete or not at all.
   *
   * @param method for messages
   * @throws OutputException if it cannot be sent
   * @throws IOException if the client left, or the function's event failed to write itself
   */
  void write(Response response, FunctionMethod method) throws OutputException, IOException {
    byte[] body = body();
    try {
      writeHead(response);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new OutputException(
          method + " returned an event that cannot be sent: " + e.getMessage(), e);
    }
    response.body().write(body);
  }

  private byte[] body() throws IOException {
    if (event instanceof Answer answer) {
      return answer.body();
    }
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    event.writeToOutput(buffer);
    return buffer.toByteArray();
  }

  private void writeHead(Response response) {
    response.status(Objects.requireNonNull(event.getStatus(), "its status is null").getCode());
    for (Map.Entry<String, List<String>> header : allHeaders().entrySet()) {
      if (!OF_OTHERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        writeHeader(response, header.getKey(), header.getValue());
      }
    }
    if (toFn && response.headers().first(CONTENT_TYPE).isEmpty()) {
      response.header(CONTENT_TYPE, "application/octet-stream");
    }
  }

  private Map<String, List<String>> allHeaders() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (event instanceof Answer answer) {
      String type = answer.type();
      if (type != null) {
        all.put(CONTENT_TYPE, List.of(type));
      }
    } else {
      all.putAll(Objects.requireNonNull(event.getHeaders(), "its headers are null").asMap());
    }
    all.putAll(headers);
    return all;
  }

  private void writeHeader(Response response, String name, List<String> values) {
    if (toFn || !startsWith(name, "Fn-Http-")) {
      writeLines(response, name, values);
    } else if (startsWith(name, Gateway.PREFIX)) {
      writeLines(response, name.substring(Gateway.PREFIX.length()), values);
    } else if (name.equalsIgnoreCase(Gateway.STATUS)) {
      writeStatus(response, values.get(0));
    }
  }

  private static boolean startsWith(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static void writeLines(Response response, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i == 0) {
        response.header(name, values.get(i));
      } else {
        response.addHeader(name, values.get(i));
      }
    }
  }

  /** The status of the HTTP response, where it is success; one that is no number is ignored, as by Fn's agent. */
  private void writeStatus(Response response, String status) {
    int code;
    try {
      code = Integer.parseInt(status);
    } catch (NumberFormatException e) {
      return;
    }
    if (event.isSuccess()) {
      response.status(code);
    }
  }
}
