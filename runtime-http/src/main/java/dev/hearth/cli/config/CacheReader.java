package dev.hearth.cli.config;

import dev.hearth.cache.CacheSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what a function's {@code cache} says; loaded when one says something. */
final class CacheReader {

  private static final Duration LEAST = Duration.ofMillis(1);

  private CacheReader() {}

  static @Nullable CacheSpec read(Section section) {
    CacheSpec.Builder cache = CacheSpec.builder();
    List<String> key = section.texts("key");
    try {
      if (!key.isEmpty()) {
        cache.key(key.toArray(new String[0]));
      }
    } catch (IllegalArgumentException e) {
      section.problem("key", "cannot be used: " + e.getMessage());
      return null;
    }
    duration(section, "ttl", cache::ttl);
    duration(section, "negativeTtl", cache::negativeTtl);
    duration(section, "staleWhileRevalidate", cache::staleWhileRevalidate);
    duration(section, "staleIfError", cache::staleIfError);
    duration(section, "refreshAhead", cache::refreshAhead);
    Long max = section.size("max", 1 << 10);
    if (max != null) {
      cache.maxBytes(max);
    }
    Long entry = section.size("maxEntry", 1);
    if (entry != null) {
      cache.maxEntryBytes((int) Math.min(entry, 64L << 20));
    }
    if (section.tree("identity") != null) {
      cache.identity(section.texts("identity").toArray(new String[0]));
    }
    if (section.tree("methods") != null) {
      cache.methods(section.texts("methods").toArray(new String[0]));
    }
    flag(section, "shareErrors", cache::sharesErrors);
    flag(section, "cookies", cache::storesCookies);
    try {
      return cache.build();
    } catch (IllegalArgumentException e) {
      section.problem("methods", "cannot be used: " + e.getMessage());
      return null;
    }
  }

  private static void duration(Section section, String key, Consumer<Duration> to) {
    Duration read = section.duration(key, LEAST);
    if (read != null) {
      to.accept(read);
    }
  }

  private static void flag(Section section, String key, Consumer<Boolean> to) {
    String read = section.choice(key, List.of("true", "false"));
    if (read != null) {
      to.accept(read.equals("true"));
    }
  }
}
