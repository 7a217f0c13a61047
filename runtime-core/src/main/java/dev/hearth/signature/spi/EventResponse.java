package dev.hearth.signature.spi;

import dev.hearth.function.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response that can be a CloudEvent and takes one as it is, so that nothing is lost on the way through headers. */
public interface EventResponse extends Response {

  /**
   * Answers with an event.
   *
   * @param attributes by name: texts, and extensions that may be {@link Boolean} or {@link Integer}
   * @param data the payload; null when there is none
   */
  void event(Map<String, Object> attributes, byte @Nullable [] data);
}
