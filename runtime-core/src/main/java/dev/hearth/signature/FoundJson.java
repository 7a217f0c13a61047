package dev.hearth.signature;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * JSON by the first library that the function has: Jackson 3, Jackson 2, Gson; else by the built-in one.
 * Looks when first used.
 */
final class FoundJson implements Json {

  private final World world;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written once, under the lock. */
  @GuardedBy("lock")
  private volatile @Nullable Json library;

  FoundJson(World world) {
    this.world = world;
  }

  @Override
  public @Nullable Object read(String text, Type type) throws InputException {
    return library().read(text, type);
  }

  @Override
  public String write(@Nullable Object value) throws OutputException {
    return library().write(value);
  }

  @SuppressWarnings("GuardedBy") // read without the lock; it is written once
  private Json library() {
    Json known = library;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = library;
      if (known == null) {
        known = find();
        library = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private Json find() {
    Json found = ifThere("tools.jackson.databind.ObjectMapper", "Jackson3Json");
    if (found == null) {
      found = ifThere("com.fasterxml.jackson.databind.ObjectMapper", "Jackson2Json");
    }
    if (found == null) {
      found = ifThere("com.google.gson.Gson", "GsonJson");
    }
    return found == null ? world.builtInJson() : found;
  }

  private @Nullable Json ifThere(String library, String glue) {
    if (!world.function().holds(library)) {
      return null;
    }
    try {
      return world.json("dev.hearth.signature.json." + glue);
    } catch (LinkageError e) {
      return null; // a part of it is missing, or it is too old: the function cannot be using it
    }
  }
}
