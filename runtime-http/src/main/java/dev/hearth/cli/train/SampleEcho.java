package dev.hearth.cli.train;

import java.util.Map;
import java.util.function.Function;

/** Gives back the JSON object that it is sent. */
public final class SampleEcho implements Function<Map<String, Object>, Map<String, Object>> {

  /** For the host. */
  public SampleEcho() {}

  @Override
  public Map<String, Object> apply(Map<String, Object> object) {
    return object;
  }
}
