package dev.hearth.http.contract.azure;

import dev.hearth.FunctionHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: a function, and whether by envelope or with the client's own request.
 *
 * <pre>
 * POST /{function}, which the host does not forward to  -> by envelope
 * a path that fits the route of a function              -> forwarded
 * /{function}                                           -> forwarded, as the older section httpWorker does
 * any other path, where there is just one function      -> forwarded
 * </pre>
 */
record Invoked(FunctionHandle function, Declared declared, boolean byEnvelope) {

  /**
   * What a request asks for; null if for nothing that there is.
   *
   * @throws IllegalStateException if a function is just being removed
   */
  static @Nullable Invoked of(String method, String path, FunctionTable table, HostJson host) {
    FunctionHandle named = table.named(path);
    Declared declared = named == null ? null : table.declared(named);
    if (named != null && declared != null) {
      if (method.equals("POST") && !declared.forwards()) {
        return new Invoked(named, declared, true);
      }
      if (host.byName() && declared.forwards()) {
        return new Invoked(named, declared, false);
      }
    }
    FunctionHandle routed = table.routed(method, path);
    if (routed != null) {
      return new Invoked(routed, table.declared(routed), false);
    }
    if (named != null && declared != null && declared.kind() != Declared.Kind.OTHER) {
      return new Invoked(named, declared, false);
    }
    FunctionHandle only = named == null ? table.only() : null;
    return only == null ? null : new Invoked(only, table.declared(only), false);
  }
}
