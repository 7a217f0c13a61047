package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

/**
 * A request with which a platform would have a function loaded or called, for a process that rehearses it.
 *
 * @param path of the POST request
 * @param json its body
 */
public record Rehearsed(String path, String json) {
  public Rehearsed {
    requireNonNull(path, "path");
    requireNonNull(json, "json");
  }
}
