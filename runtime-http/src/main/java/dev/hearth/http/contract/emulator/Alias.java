package dev.hearth.http.contract.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A name for one version, or for two by weight. Immutable.
 *
 * @param version what the rest of the calls go to
 * @param additional a second version, or null
 * @param weight the share of the second, within 0 to 1
 * @param revision changes with each change
 */
record Alias(
    String name,
    String version,
    String description,
    @Nullable String additional,
    double weight,
    String revision) {

  static final String LATEST = "$LATEST";

  /** An alias of one version. */
  static Alias of(String name, String version, String description) {
    return new Alias(name, version, description, null, 0, UUID.randomUUID().toString());
  }

  /** The same for another version. */
  Alias to(String other) {
    return new Alias(name, other, description, additional, weight, UUID.randomUUID().toString());
  }

  /** The same with a share of the calls for a second version, or without. */
  Alias weighted(@Nullable String second, double share) {
    return new Alias(name, version, description, second, share, UUID.randomUUID().toString());
  }

  /** The same with another description. */
  Alias described(String text) {
    return new Alias(name, version, text, additional, weight, UUID.randomUUID().toString());
  }

  /** The version for a call; each is chosen for itself. */
  String choose(DoubleSupplier random) {
    return additional != null && random.getAsDouble() < weight ? additional : version;
  }

  /** Whether an alias may be called so: letters, digits, hyphens, underscores, not digits alone. */
  static boolean isName(String text) {
    boolean onlyDigits = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!digit && !letter && c != '-' && c != '_') {
        return false;
      }
      onlyDigits &= digit;
    }
    return !onlyDigits && text.length() <= 128;
  }

  /** The alias as the API has it. */
  Map<String, @Nullable Object> document(String arn) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("AliasArn", arn);
    document.put("Name", name);
    document.put("FunctionVersion", version);
    document.put("Description", description);
    if (additional != null) {
      document.put("RoutingConfig", Map.of("AdditionalVersionWeights", Map.of(additional, weight)));
    }
    document.put("RevisionId", revision);
    return document;
  }
}
