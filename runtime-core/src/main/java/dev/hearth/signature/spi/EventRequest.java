package dev.hearth.signature.spi;

import dev.hearth.function.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is one valid CloudEvent and was read already. Its headers and body tell the same in binary mode (HTTP
 * protocol binding 1.0, section 3.1), except that there every attribute is a text.
 */
public interface EventRequest extends Request {

  /** The attributes by name: texts, and extensions that may be {@link Boolean} or {@link Integer}. */
  Map<String, Object> attributes();

  /** The payload; null when there is none. Not to be changed. */
  byte @Nullable [] data();
}
