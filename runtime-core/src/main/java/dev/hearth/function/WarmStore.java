package dev.hearth.function;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Values that the host keeps for a function, under keys of the function's choice. All its instances and versions share them: what a
 * version put is there for the one that replaces it, until the function is undeployed or the host ends. From {@link
 * Environment#warmStore}.
 *
 * <p>Values are bytes, copied on their way in and out, so that nothing of a version is held by what it leaves; a version that writes
 * them in another form than the one before should use other keys. The function's spec says how much room there is. When there is
 * more, what was not asked for longest is given up: a value may be gone whenever it is asked for.
 *
 * <p>Thread-safe.
 */
public interface WarmStore {

  /** The value of a key; empty if there is none, or no longer. */
  Optional<byte[]> get(String key);

  /**
   * The value of a key, made if there is none. Those who ask for the same key at the same time wait for one of them to make it; if
   * that one fails, its failure is its own and another one tries. A value for which there is no room is returned and not kept.
   *
   * @param lifetime how long it is kept; more than zero
   * @param maker called on this thread, at most once; must not ask for the same key
   * @throws Exception what the maker threw, or {@link InterruptedException} while waiting
   * @throws IllegalStateException if the maker asks for the key that it is making
   */
  byte[] get(String key, Duration lifetime, Callable<byte[]> maker) throws Exception;

  /**
   * Keeps a value, in place of what the key had.
   *
   * @param lifetime how long it is kept; more than zero
   * @throws IllegalArgumentException if there is no room for it even without the others
   */
  void put(String key, byte[] value, Duration lifetime);

  /** Gives up the value of a key; whether there was one. */
  boolean remove(String key);
}
