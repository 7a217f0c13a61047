package dev.hearth.signature;

import dev.hearth.loader.BindingLoader;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.signature.codec.StandardCodec;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.Recognised;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The host's classes next to one version's: glue and JSON, each defined when first needed. Lives and dies
 * with the version's loader. Thread-safe.
 */
final class World {

  /** What glue shares with the host; it sees nothing else of it. */
  private static final List<String> SHARED =
      List.of("dev.hearth.signature.spi.", "dev.hearth.function.");

  private static final String JSON = "dev.hearth.signature.json.";
  private static final String GSON = "com.google.gson.";

  private final FunctionLoader function;
  private final Codec codec;

  World(FunctionLoader function) {
    this.function = function;
    this.codec = new StandardCodec(new FoundJson(this));
  }

  /** The version's codec. */
  Codec codec() {
    return codec;
  }

  FunctionLoader function() {
    return function;
  }

  /** The glue that binds a handler. */
  Glue glue(Recognised recognised) {
    Glue ofHost = recognised.hostGlue();
    String name = recognised.glueClass();
    if (ofHost != null || name == null) {
      return Objects.requireNonNull(ofHost);
    }
    List<String> copied = new ArrayList<>(recognised.packages());
    copied.add(name.substring(0, name.lastIndexOf('.') + 1));
    return make(
        new BindingLoader(function, SHARED, copied, recognised.libraries(), List.of()),
        name,
        Glue.class);
  }

  /** JSON by the library that the function sees. */
  Json json(String className) {
    return make(new BindingLoader(function, SHARED, List.of(JSON)), className, Json.class);
  }

  /** JSON by a private copy of the host's library. */
  Json builtInJson() {
    return make(
        new BindingLoader(function, SHARED, List.of(JSON), List.of(GSON), List.of()),
        JSON + "BuiltInJson",
        Json.class);
  }

  private static <T> T make(BindingLoader loader, String className, Class<T> type) {
    try {
      return type.cast(Class.forName(className, true, loader).getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(className, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          className + " must be public, with a public constructor that takes nothing", e);
    }
  }
}
