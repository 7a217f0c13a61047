package com.example.gallery;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cells of the matrix that are empty, by the note below the table in {@code docs/contracts.md} that says why. */
final class Holes {

  /** Samples that give a text, where a result has to be an object. */
  private static final Set<String> TEXTS = Set.of("`Function`", "Azure queue trigger", "Kubeless");

  private Holes() {}

  /** The note's mark; null where there is no hole. */
  static @Nullable String why(Row row, String contract) {
    if (contract.equals("openwhisk") && TEXTS.contains(row.kind())) {
      return "(a)";
    }
    boolean tellsNoType = contract.equals("openwhisk") || contract.startsWith("lambda");
    return tellsNoType && row.kind().equals("Google `CloudEventsFunction`") ? "(b)" : null;
  }
}
