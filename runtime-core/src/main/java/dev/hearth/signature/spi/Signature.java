package dev.hearth.signature.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A family of user APIs, as the host knows it: by names. Stateless.
 *
 * <p>What it looks at is what the handler was compiled against. It loads no class, so that it can judge a
 * handler whose vendor API is not there yet.
 */
public interface Signature {

  /** What handlers of this family look like, for messages; for example {@code java.util.function.Function}. */
  String describe();

  /**
   * Recognises a handler.
   *
   * @param method the method the user named, or null
   * @return how to bind it, or null if it is none of this family's
   * @throws BindingException if it is one of this family's and cannot be bound
   */
  @Nullable Recognised recognise(HandlerClass handler, @Nullable String method);

  /**
   * The handlers in a class, where this family lets a class hold several.
   *
   * @return none where a class is a handler as a whole, or is none of this family's
   */
  default List<NamedHandler> handlers(HandlerClass type) {
    return List.of();
  }

  /**
   * As {@link #recognise(HandlerClass, String)}, for a function that has variables. A family whose handlers may show no trace of it
   * finds out here whether its platform asks for it.
   *
   * @param variables of the function's spec; empty for a part of a composition, which is made of plain functions
   */
  default @Nullable Recognised recognise(
      HandlerClass handler, @Nullable String method, Map<String, String> variables) {
    return recognise(handler, method);
  }

  /**
   * Recognises functions that are no single class: several in one archive, or called by names of the family's own. Asked before
   * {@link #recognise(HandlerClass, String)}.
   *
   * @param handler as the user wrote it; null where neither the user nor the manifest names one
   * @param variables of the function's spec
   * @return how to bind them, {@linkplain Recognised#over over} their classes; null if they are none of this family's
   * @throws BindingException if they are this family's and cannot be bound
   */
  default @Nullable Recognised recognise(
      HandlerArchive archive, @Nullable String handler, Map<String, String> variables) {
    return null;
  }

  /** The handler that variables of the family's platform name, where the user names none; null if they do not. */
  default @Nullable String handler(Map<String, String> variables) {
    return null;
  }
}
