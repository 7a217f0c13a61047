package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonNumber;
import dev.hearth.cloudevents.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code RoutingConfig} says about a second version.
 *
 * @param version null for none
 */
record Weights(@Nullable String version, double share) {

  /** What a request says; null where it leaves it as it is. */
  static @Nullable Weights of(JsonBody body) throws ApiException {
    JsonBody routing = body.object("RoutingConfig");
    JsonBody weights = routing == null ? null : routing.object("AdditionalVersionWeights");
    if (routing == null) {
      return null;
    }
    if (weights == null || weights.members().isEmpty()) {
      return new Weights(null, 0);
    }
    if (weights.members().size() > 1) {
      throw ApiException.parameter(
          "AdditionalVersionWeights has "
              + weights.members().size()
              + " versions; an alias points to at most one more");
    }
    Map.Entry<?, ?> only = weights.members().entrySet().iterator().next();
    return new Weights(String.valueOf(only.getKey()), share(only.getValue()));
  }

  private static double share(@Nullable Object value) throws ApiException {
    double share = value instanceof JsonNumber number ? Double.parseDouble(number.text()) : -1;
    if (!(share >= 0 && share <= 1)) {
      throw ApiException.parameter(
          "weight is " + JsonText.print(value) + "; it must be within 0.0 to 1.0");
    }
    return share;
  }

  /** The alias with these. */
  Alias over(Alias alias) {
    return alias.weighted(version, share);
  }
}
