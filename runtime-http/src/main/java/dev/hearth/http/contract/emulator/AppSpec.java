package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment's revision says: which alias goes from which version to which, and what is asked before and after.
 *
 * @param before name of the function that is called first, or null
 * @param after name of the function that is called at the end, or null
 */
record AppSpec(
    String function,
    String alias,
    String current,
    String target,
    @Nullable String before,
    @Nullable String after) {

  static AppSpec of(JsonBody body) throws ApiException {
    JsonBody revision = body.object("revision");
    JsonBody content = revision == null ? null : revision.object("appSpecContent");
    if (content == null) {
      content = revision == null ? null : revision.object("string");
    }
    if (content == null) {
      throw ApiException.parameter("revision.appSpecContent.content is missing");
    }
    try {
      if (JsonText.parse(content.required("content")) instanceof Map<?, ?> spec) {
        return of(spec);
      }
    } catch (InputException e) {
      throw ApiException.parameter("the AppSpec is no JSON: " + e.getMessage());
    }
    throw ApiException.parameter("the AppSpec is no JSON object");
  }

  private static AppSpec of(Map<?, ?> spec) throws ApiException {
    Map<?, ?> properties = properties(spec.get("Resources"));
    return new AppSpec(
        required(properties, "Name"),
        required(properties, "Alias"),
        required(properties, "CurrentVersion"),
        required(properties, "TargetVersion"),
        hook(spec.get("Hooks"), "BeforeAllowTraffic"),
        hook(spec.get("Hooks"), "AfterAllowTraffic"));
  }

  private static Map<?, ?> properties(@Nullable Object resources) throws ApiException {
    if (resources instanceof List<?> list
        && list.size() == 1
        && list.get(0) instanceof Map<?, ?> named
        && named.size() == 1
        && named.values().iterator().next() instanceof Map<?, ?> resource
        && resource.get("Properties") instanceof Map<?, ?> properties) {
      return properties;
    }
    throw ApiException.parameter("the AppSpec must have one of Resources, with Properties");
  }

  private static String required(Map<?, ?> properties, String name) throws ApiException {
    if (properties.get(name) instanceof String text) {
      return text;
    }
    throw ApiException.parameter("the AppSpec's resource has no " + name);
  }

  private static @Nullable String hook(@Nullable Object hooks, String name) {
    if (hooks instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> hook && hook.get(name) instanceof String function) {
          return function;
        }
      }
    }
    return null;
  }
}
