package dev.hearth.loader;

import org.jspecify.annotations.Nullable;

/**
 * What a class that the host makes for a function implements where the JDK has no interface for it. Every function's loader gives the
 * host's own.
 */
public interface ThreeArguments {

  /** Calls something. */
  @Nullable Object call(@Nullable Object first, @Nullable Object second, @Nullable Object third);

  /** The same for what gives nothing. */
  interface Nothing {
    /** Calls something. */
    void call(@Nullable Object first, @Nullable Object second, @Nullable Object third);
  }
}
