package dev.hearth.signature;

import dev.hearth.loader.DeployException;
import org.jspecify.annotations.Nullable;

/**
 * A handler as users write it: {@code pkg.Class}, {@code pkg.Class::method} or {@code pkg.Class#method}.
 *
 * @param className binary name of the class
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
    return of(text, trimmed.substring(0, cut), trimmed.substring(cut + (colons >= 0 ? 2 : 1)));
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
