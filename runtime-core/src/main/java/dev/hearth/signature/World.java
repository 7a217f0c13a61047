package dev.hearth.signature;

import dev.hearth.loader.FunctionLoader;
import dev.hearth.signature.codec.StandardCodec;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.Recognised;
import java.util.List;
import java.util.Objects;

/**
 * The host's classes next to one version's: glue and JSON, each defined when first needed. Lives and dies
 * with the version's loader. Thread-safe.
 */
final class World {

  private static final List<String> NONE = List.of();

  private final FunctionLoader function;
  private final Codec codec;

  World(FunctionLoader function) {
    this.function = function;
    this.codec = new StandardCodec(new FoundJson(this), new FoundEvents(this));
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
    return Beside.make(function, name, Glue.class, recognised.packages(), recognised.libraries());
  }

  /** JSON by the library that the function sees. */
  Json json(String className) {
    return Beside.make(function, className, Json.class, NONE, NONE);
  }

  /** JSON by a private copy of the host's library. */
  Json builtInJson() {
    return Beside.make(
        function,
        "dev.hearth.signature.json.BuiltInJson",
        Json.class,
        NONE,
        List.of("com.google.gson."));
  }

  /** Events by the function's copy of their vendor's type. */
  Events events() {
    return Beside.make(
        function,
        "dev.hearth.signature.cloudevents.VendorEvents",
        Events.class,
        List.of("dev.hearth.cloudevents."),
        NONE);
  }
}
