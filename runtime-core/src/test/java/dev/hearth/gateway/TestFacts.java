package dev.hearth.gateway;

import java.util.List;
import java.util.Map;

/** What a gateway's format is told beside the request. */
final class TestFacts {

  private TestFacts() {}

  /** Facts of a gateway for which every type is binary. */
  static Facts binary() {
    return new Facts(
        "r",
        "127.0.0.1",
        0,
        "a",
        "b",
        "c.d",
        Facts.DEFAULT,
        Facts.DEFAULT,
        Map.of(),
        Map.of(),
        List.of("*/*"));
  }
}
