package dev.hearth.signature.spring;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Spring's messages, where the function has them. */
final class Messages {

  private Messages() {}

  /** Whether the function's archive brings spring-messaging. */
  static boolean areThere() {
    return Presence.THERE;
  }

  /** Looked for once for each version. */
  private static final class Presence {
    static final boolean THERE = find();

    private static boolean find() {
      try {
        Class.forName(
            "org.springframework.messaging.Message", false, Presence.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }

  static boolean isOne(Object value) {
    return value instanceof Message;
  }

  static Object wrap(Object payload, Map<String, Object> headers) {
    return MessageBuilder.withPayload(payload).copyHeaders(new HashMap<>(headers)).build();
  }

  static Envelope unwrap(Object message) {
    Message<?> given = (Message<?>) message;
    return new Envelope(given.getPayload(), new LinkedHashMap<>(given.getHeaders()));
  }
}
