package dev.hearth.http.contract.hearth;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.function.Headers;
import dev.hearth.signature.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path names: one function, or several composed.
 *
 * <p>The first segment is compared with the functions' names as it was sent, without decoding; in a composition the
 * names stand between {@code ,} or {@code |}, which may be written {@code %7C}.
 *
 * @param functions in the order of their calls
 * @param base the first segment of the path with its slash, where it named them; else empty
 * @param rest the path behind the name, beginning with a slash
 */
record Target(List<FunctionHandle> functions, String base, String rest) {

  /**
   * What the path names; null if nothing that is deployed.
   *
   * @param headers those of the request, for a route that goes by one of them
   */
  static @Nullable Target of(Hearth hearth, String path, Headers headers) {
    int slash = path.indexOf('/', 1);
    String name = slash < 0 ? path.substring(1) : path.substring(1, slash);
    String rest = slash < 0 ? "/" : path.substring(slash);
    FunctionHandle one = hearth.callee(name, headers).orElse(null);
    if (one != null) {
      return new Target(List.of(one), "/" + name, rest);
    }
    List<FunctionHandle> all = isComposition(name) ? all(hearth, name, headers) : null;
    if (all != null) {
      return new Target(all, "/" + name, rest);
    }
    FunctionHandle only = hearth.onlyCallee(headers).orElse(null);
    // Names with signs of composition are wrong ones, unless the function has paths of its own.
    return only == null || (isComposition(name) && only.shape() != Shape.EXCHANGE)
        ? null
        : new Target(List.of(only), "", path);
  }

  private static boolean isComposition(String name) {
    return name.indexOf(',') >= 0 || name.indexOf('|') >= 0 || bar(name, 0) >= 0;
  }

  private static int bar(String name, int from) {
    int upper = name.indexOf("%7C", from);
    return upper >= 0 ? upper : name.indexOf("%7c", from);
  }

  private static @Nullable List<FunctionHandle> all(Hearth hearth, String names, Headers headers) {
    List<FunctionHandle> functions = new ArrayList<>();
    String separated = names.replace("%7C", ",").replace("%7c", ",").replace('|', ',');
    int from = 0;
    while (from <= separated.length()) {
      int comma = separated.indexOf(',', from);
      int to = comma < 0 ? separated.length() : comma;
      FunctionHandle function = hearth.callee(separated.substring(from, to), headers).orElse(null);
      if (function == null) {
        return null;
      }
      functions.add(function);
      from = to + 1;
    }
    return functions;
  }

  /** Whether the path named it, rather than it being the only one. */
  boolean named() {
    return !base.isEmpty();
  }

  /** What it takes and gives as a whole; null where the functions do not fit together. */
  @Nullable Shape shape() {
    Shape first = functions.get(0).shape();
    Shape last = functions.get(functions.size() - 1).shape();
    for (int i = 0; i < functions.size() - 1; i++) {
      boolean takes = i == 0 || functions.get(i).shape() != Shape.SUPPLIER;
      if (!takes || functions.get(i).shape() == Shape.CONSUMER) {
        return null;
      }
    }
    if (functions.size() > 1 && last == Shape.SUPPLIER) {
      return null;
    }
    return first == Shape.SUPPLIER && last != Shape.CONSUMER ? Shape.SUPPLIER : last;
  }
}
