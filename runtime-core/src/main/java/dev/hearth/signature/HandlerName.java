package dev.hearth.signature;

import dev.hearth.loader.DeployException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handler as users write it: {@code pkg.Class}, {@code pkg.Class::method} or {@code pkg.Class#method}.
 *
 * @param className name of the class; a nested one may be set off by a dot
 * @param method the method, or null where the class's signature says which
 */
public record HandlerName(String className, @Nullable String method) {

  /**
   * Reads one handler.
   *
   * @throws DeployException if class or method is empty
   */
  public static HandlerName parse(String text) {
    String trimmed = text.strip();
    int colons = trimmed.lastIndexOf("::");
    int hash = trimmed.lastIndexOf('#');
    int cut = colons >= 0 ? colons : hash;
    if (cut < 0) {
      return of(text, trimmed, null);
    }
    return of(
        text,
        trimmed.substring(0, cut).strip(),
        trimmed.substring(cut + (colons >= 0 ? 2 : 1)).strip());
  }

  /**
   * Reads a composition: handlers set off by {@code |} or {@code ,}, which mean the same.
   *
   * @return at least one, in the order of the calls
   * @throws DeployException if one is empty
   */
  public static List<HandlerName> parseAll(String text) {
    List<HandlerName> names = new ArrayList<>(1);
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '|' || text.charAt(i) == ',') {
        names.add(parse(text.substring(from, i)));
        from = i + 1;
      }
    }
    return names;
  }

  private static HandlerName of(String text, String className, @Nullable String method) {
    if (className.isEmpty() || (method != null && method.isEmpty())) {
      throw new DeployException(
          "handler '"
              + text
              + "' is incomplete; expected pkg.Class, pkg.Class::method or pkg.Class#method");
    }
    return new HandlerName(className, method);
  }

  @Override
  public String toString() {
    return method == null ? className : className + "::" + method;
  }
}
