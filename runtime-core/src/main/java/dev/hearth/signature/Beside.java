package dev.hearth.signature;

import dev.hearth.loader.BindingLoader;
import dev.hearth.loader.FunctionLoader;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

/** Makes objects of the host's classes beside those of a function. Apart, so that nothing of it is loaded before. */
final class Beside {

  /** What they share with the host; they see nothing else of it. */
  private static final List<String> SHARED =
      List.of("dev.hearth.signature.spi.", "dev.hearth.function.");

  private Beside() {}

  /**
   * Makes one.
   *
   * @param className binary name of a public class with a public constructor that takes nothing
   * @param packages of the host, besides its own, that are defined next to it; each ending in a dot
   * @param libraries of the host that it has a private copy of: packages, each ending in a dot, with all below them
   */
  static <T> T make(
      FunctionLoader function,
      String className,
      Class<T> type,
      List<String> packages,
      List<String> libraries) {
    List<String> copied = new ArrayList<>(packages);
    copied.add(className.substring(0, className.lastIndexOf('.') + 1));
    BindingLoader loader = new BindingLoader(function, SHARED, copied, libraries, List.of());
    try {
      return type.cast(Class.forName(className, true, loader).getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(className, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          className + " must be public, with a public constructor that takes nothing", e);
    }
  }
}
