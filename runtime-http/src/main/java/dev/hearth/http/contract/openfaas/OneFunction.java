package dev.hearth.http.contract.openfaas;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.loader.DeployException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The one function that a container of the platform's is for. Thread-safe. */
final class OneFunction {

  static final String NONE = "there is not exactly one function to serve";

  private final Hearth hearth;
  private volatile @Nullable FunctionHandle known; // the one found last

  OneFunction(Hearth hearth) {
    this.hearth = hearth;
  }

  /**
   * Checks that there are not several.
   *
   * @throws DeployException if there are
   */
  void requireOne() {
    int functions = hearth.functions().size();
    if (functions > 1) {
      throw new DeployException(
          "contract openfaas serves one function, but there are "
              + functions
              + "; start one process for each, or serve them with --contract native");
    }
  }

  /** The function, or null; one that was found stays the one for as long as it is deployed. */
  @Nullable FunctionHandle get() {
    FunctionHandle found = known;
    if (found != null && found.isDeployed()) {
      return found;
    }
    Collection<FunctionHandle> functions = hearth.functions();
    found = functions.size() == 1 ? functions.iterator().next() : null;
    known = found;
    return found;
  }
}
