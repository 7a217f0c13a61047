package dev.hearth.signature.funqy;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletionStage;

/** Mutiny's promises. Apart, because not every function has the library. */
final class Unis {

  private Unis() {}

  /** Begins what was promised. */
  static CompletionStage<?> stage(Object uni) {
    return ((Uni<?>) uni).subscribeAsCompletionStage();
  }
}
