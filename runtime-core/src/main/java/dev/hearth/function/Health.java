package dev.hearth.function;

/**
 * What a handler class may say about itself to a platform that asks whether it lives and whether it wants calls. Asked
 * now and then, on a thread of the host with the function's context class loader, while calls run; should answer within
 * some milliseconds. A hook that throws says no.
 */
public interface Health {

  /** Whether the instance works; a platform starts the process anew when it does not. */
  default boolean alive() {
    return true;
  }

  /** Whether the instance wants calls now; a platform sends them elsewhere when it does not. */
  default boolean ready() {
    return true;
  }
}
