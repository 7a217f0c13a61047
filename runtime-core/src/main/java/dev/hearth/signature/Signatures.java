package dev.hearth.signature;

import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds and binds the handler of an archive. Thread-safe. */
public final class Signatures {

  /** The signatures that come with Hearth. */
  public static Signatures standard() {
    return new Signatures();
  }

  private Signatures() {}

  /**
   * Finds and binds the handler. The context class loader is expected to be the function's.
   *
   * @param handler as the user wrote it; null or empty to go by the manifest, then by the only class with
   *     a known signature
   * @throws DeployException if there is none, more than one, or it cannot be bound
   */
  public Bound bind(StoredArchive archive, FunctionLoader loader, @Nullable String handler) {
    if (handler == null || handler.isEmpty()) {
      throw new DeployException("archive " + archive.origin() + ": no handler given");
    }
    HandlerName name = HandlerName.parse(handler);
    Class<?> type;
    try {
      type = Class.forName(name.className(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new DeployException(
          "handler class " + name.className() + " is not in archive " + archive.origin(), e);
    }
    if (!Function.class.isAssignableFrom(type)) {
      throw new DeployException("handler class " + type.getName() + " has no known signature");
    }
    return new Bound(name.toString(), "java.util.function.Function", new PlainFunction(type));
  }
}
