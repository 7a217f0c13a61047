package dev.hearth.signature.azure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One function of a class. */
final class AzureBinding implements Binding {

  private final Class<?> type;
  private final Function function;
  private final Instances.Kind kind;
  private final Codec codec;

  @GuardedBy("this")
  private @Nullable Extensions extensions; // made with the first instance, for all of them

  AzureBinding(Class<?> type, Function function, Instances.Kind kind, Codec codec) {
    this.type = type;
    this.function = function;
    this.kind = kind;
    this.codec = codec;
  }

  @Override
  public Shape shape() {
    return function.shape();
  }

  @Override
  public Map<String, String> facts() {
    return function.facts();
  }

  /** Initialises the class and the archive's extensions, so that the first call does not pay for that. */
  @Override
  public Invoker open(Environment environment) throws Throwable {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    Extensions shared = extensions();
    Instances instances = kind.open(type, function.isStatic(), shared, environment);
    return new AzureInvoker(function, instances, shared.middlewares(), codec);
  }

  /** Who waits here waits for code of the same version, within the limit of its initialisation. */
  private synchronized Extensions extensions() {
    Extensions known = extensions;
    if (known == null) {
      known = Extensions.load(type.getClassLoader());
      extensions = known;
    }
    return known;
  }
}
