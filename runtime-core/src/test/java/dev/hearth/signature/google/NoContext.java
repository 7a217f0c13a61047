package dev.hearth.signature.google;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A call about which nothing is known; Google's functions ask for nothing. */
record NoContext(Environment environment) implements Context {

  static final NoContext OF_NOTHING = new NoContext(new Variables(Map.of()));

  record Variables(Map<String, String> variables) implements Environment {
    @Override
    public String function() {
      return "f";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException("no resource " + name);
    }
  }

  @Override
  public String id() {
    return "id";
  }

  @Override
  public Optional<Duration> remaining() {
    return Optional.empty();
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of();
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.empty();
  }
}
