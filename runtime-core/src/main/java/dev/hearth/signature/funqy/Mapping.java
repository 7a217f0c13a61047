package dev.hearth.signature.funqy;

import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.quarkus.funqy.knative.events.EventAttribute;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How events find a function and what its answers are called: by its annotation, or by variables, which win (Quarkus' guide to Funqy's
 * Knative events).
 *
 * @param trigger the type of the events that it takes; {@code *} for any that no other takes
 * @param attributes values that attributes of these events must have
 * @param responseType type of its answers that have none
 * @param responseSource source of its answers that have none
 */
record Mapping(
    String trigger, Map<String, String> attributes, String responseType, String responseSource) {

  private static final String VARIABLE = "QUARKUS_FUNQY_KNATIVE_EVENTS_MAPPING_";

  static Mapping of(Method method, String name, Map<String, String> variables) {
    CloudEventMapping annotation = method.getAnnotation(CloudEventMapping.class);
    Map<String, String> attributes = new LinkedHashMap<>();
    String trigger = null;
    String type = null;
    String source = null;
    if (annotation != null) {
      trigger = annotation.trigger();
      type = annotation.responseType();
      source = annotation.responseSource();
      for (EventAttribute attribute : annotation.attributes()) {
        attributes.put(attribute.name(), attribute.value());
      }
    }
    String prefix = VARIABLE + constant(name);
    return new Mapping(
        first(variables.get(prefix + "_TRIGGER"), trigger, name),
        attributes,
        first(variables.get(prefix + "_RESPONSE_TYPE"), type, name + ".output"),
        first(variables.get(prefix + "_RESPONSE_SOURCE"), source, name));
  }

  /** As MicroProfile Config turns names into those of variables. */
  private static String constant(String name) {
    StringBuilder constant = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      constant.append(plain ? c : '_');
    }
    return constant.toString().toUpperCase(Locale.ROOT);
  }

  private static String first(@Nullable String one, @Nullable String other, String otherwise) {
    if (one != null && !one.isBlank()) {
      return one;
    }
    return other == null || other.isEmpty() ? otherwise : other;
  }

  /** Whether an event that has the type has the attributes, too. */
  boolean accepts(EventMessage event) {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (!attribute.getValue().equals(event.attribute(attribute.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
