package dev.hearth.http.contract.gcf;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says from its head whether a request can be an event, for handlers of other APIs than the vendor's, whose binding reads events
 * itself. Such a handler is given the event as it came: data and {@code ce-} headers, a structured event, or a legacy one.
 */
final class EventCheck {

  private static final String[] REQUIRED = {"ce-id", "ce-source", "ce-type"};

  private EventCheck() {}

  /** The answer to a request that cannot be an event; null for one that can. */
  static @Nullable Answer refuse(Request request) {
    String media = mediaType(request);
    if (media.startsWith("application/cloudevents")) {
      return refuseStructured(request, media);
    }
    Headers headers = request.headers();
    if (!headers.all("ce-specversion").isEmpty() || !headers.all("ce-id").isEmpty()) {
      return refuseBinary(headers);
    }
    return request.contentLength() == 0
        ? malformed("it is no CloudEvent, and it has no body that could be an event")
        : null;
  }

  private static @Nullable Answer refuseStructured(Request request, String media) {
    if (!media.equals("application/cloudevents+json")) {
      return Answer.text(
          415,
          "events are taken one by one, as application/cloudevents+json or in binary mode, not as "
              + media
              + "\n");
    }
    return request.contentLength() == 0 ? malformed("its body is empty") : null;
  }

  private static @Nullable Answer refuseBinary(Headers headers) {
    List<String> versions = headers.all("ce-specversion");
    String version = versions.size() == 1 ? versions.get(0) : "";
    if (!version.equals("1.0") && !version.equals("0.3")) {
      return malformed("attribute specversion is " + versions + "; it must be 1.0 or 0.3");
    }
    for (String name : REQUIRED) {
      List<String> lines = headers.all(name);
      if (lines.size() != 1 || lines.get(0).isBlank()) {
        return malformed("attribute " + name.substring(3) + " must be there once and not be empty");
      }
    }
    return null;
  }

  private static Answer malformed(String why) {
    return Answer.text(400, "the request is no event: " + why + "\n");
  }

  private static String mediaType(Request request) {
    String type = request.contentType().orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
