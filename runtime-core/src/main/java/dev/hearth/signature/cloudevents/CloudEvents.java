package dev.hearth.signature.cloudevents;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents from requests (HTTP protocol binding 1.0). */
public final class CloudEvents {

  private static final String MEDIA_TYPE = "application/cloudevents";
  private static final String HEADER = "ce-";

  private CloudEvents() {}

  /** Whether a request means to be an event: by its media type, or by a header that only events have. */
  public static boolean isEvent(Request request) {
    return mediaType(request).startsWith(MEDIA_TYPE)
        || request.headers().first("ce-specversion").isPresent()
        || request.headers().first("ce-id").isPresent();
  }

  /**
   * Reads the event that a request is, in binary or structured mode.
   *
   * @throws InputException if it is none, a broken one, a batch, or in a format other than JSON
   */
  public static CloudEvent read(Request request) throws InputException {
    String mediaType = mediaType(request);
    if (!mediaType.startsWith(MEDIA_TYPE)) {
      return binary(request);
    }
    if (!mediaType.equals("application/cloudevents+json")) {
      throw InputException.unsupportedType(
          "the media type is '"
              + mediaType
              + "'; events are taken one by one, as application/cloudevents+json or in binary mode");
    }
    return StructuredEvent.read(new String(body(request), StandardCharsets.UTF_8));
  }

  /**
   * An event made of attributes.
   *
   * @param attributes texts by name, {@code specversion} included; extensions may be {@link Boolean} or {@link
   *     Integer} as well
   * @param data the payload, or null when there is none
   * @throws InputException if an attribute is missing or wrong
   */
  public static CloudEvent of(Map<String, ?> attributes, byte @Nullable [] data)
      throws InputException {
    return ReceivedEvent.of(attributes, data);
  }

  /**
   * The body of a request.
   *
   * @throws InputException if it broke off
   */
  public static byte[] body(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private static CloudEvent binary(Request request) throws InputException {
    Headers headers = request.headers();
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String header : headers.names()) {
      String name = header.toLowerCase(Locale.ROOT);
      // The media type of the data has its own header; this one must not exist and is left alone.
      if (name.startsWith(HEADER) && !name.equals("ce-datacontenttype")) {
        attributes.put(name.substring(HEADER.length()), attribute(name, headers.all(header)));
      }
    }
    String contentType = request.contentType().orElse(null);
    if (contentType != null) {
      attributes.put("datacontenttype", contentType);
    }
    byte[] data = body(request);
    return of(attributes, data.length == 0 ? null : data);
  }

  private static String attribute(String header, List<String> lines) throws InputException {
    if (lines.size() != 1) {
      throw InputException.malformed(
          "header " + header + " is there " + lines.size() + " times", null);
    }
    return HeaderText.decode(header, lines.get(0));
  }

  private static String mediaType(Request request) {
    String type = request.contentType().orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
