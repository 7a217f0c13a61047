package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one binding, found by path and by event. Immutable.
 *
 * @param functions by name, at least one
 * @param export the function that takes what names none; null if there is none such
 */
record Catalogue(Map<String, FunqyFunction> functions, @Nullable FunqyFunction export) {

  private static final String ANY = "*";

  static Catalogue of(Map<String, FunqyFunction> functions, @Nullable FunqyFunction export) {
    return new Catalogue(functions, export);
  }

  /**
   * The function that a path names.
   *
   * @param paths its readings, the likelier first
   * @throws InputException if it names none
   */
  FunqyFunction byPath(List<String> paths) throws InputException {
    for (String path : paths) {
      FunqyFunction named = functions.get(path);
      if (named != null) {
        return named;
      }
    }
    // A path that a platform put in front of the only function names it as well as any.
    if (export != null && (functions.size() == 1 || paths.contains(""))) {
      return export;
    }
    throw InputException.of(404, "no function of this path; there are " + functions.keySet());
  }

  /**
   * The function that an event triggers.
   *
   * @throws InputException if there is none, or more than one
   */
  FunqyFunction byEvent(EventMessage event) throws InputException {
    List<FunqyFunction> matching = new ArrayList<>();
    List<FunqyFunction> candidates = export == null ? triggered(event.type()) : List.of(export);
    for (FunqyFunction candidate : candidates) {
      if (candidate.mapping().accepts(event)) {
        matching.add(candidate);
      }
    }
    if (matching.isEmpty()) {
      throw InputException.of(404, "no function takes events of type '" + event.type() + "'");
    }
    if (matching.size() > 1) {
      throw InputException.of(
          409, matching.size() + " functions take this event of type '" + event.type() + "'");
    }
    return matching.get(0);
  }

  private List<FunqyFunction> triggered(@Nullable String type) {
    List<FunqyFunction> exact = new ArrayList<>();
    List<FunqyFunction> any = new ArrayList<>();
    for (FunqyFunction function : functions.values()) {
      String trigger = function.mapping().trigger();
      if (trigger.equals(type)) {
        exact.add(function);
      } else if (trigger.equals(ANY)) {
        any.add(function);
      }
    }
    return exact.isEmpty() ? any : exact;
  }
}
