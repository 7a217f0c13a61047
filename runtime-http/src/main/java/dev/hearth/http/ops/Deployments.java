package dev.hearth.http.ops;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port changes a host by. Thread-safe; each method may block for as long as a function takes to start. A failure leaves
 * everything as it was; besides {@link RefusedChangeException} that is what the host throws.
 */
public interface Deployments {

  /**
   * A function as it is to be.
   *
   * @param spec its settings in JSON, with the keys of {@code hearth.yaml}; without {@code archive} where one was uploaded
   * @param base what relative paths in it are relative to; null for the host's own directory
   * @param upload the archive, read to its end; null where the spec names one
   * @param sha256 what the archive must have; null where nobody said
   * @param force whether a function that is so already is replaced nevertheless
   */
  record Wanted(
      String name,
      String spec,
      @Nullable String base,
      @Nullable InputStream upload,
      @Nullable String sha256,
      boolean force) {}

  /** What became of a function. */
  enum Change {
    DEPLOYED,
    SWAPPED,
    UNCHANGED
  }

  /** Deploys or replaces a function; the new version takes calls when this returns. */
  Change put(Wanted wanted);

  /** Removes a function; its running calls end within the drain limit. */
  void remove(String name);

  /** Goes back to the version before. */
  void rollback(String name);

  /**
   * Replaces all routes.
   *
   * @param routes in JSON, as under {@code routes} in {@code hearth.yaml}
   */
  void routes(String routes);
}
