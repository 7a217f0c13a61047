package dev.hearth.signature.funqy;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An instance is one object of each class. */
final class FunqyBinding implements Binding {

  private final Catalogue catalogue;
  private final List<InstanceFactory> factories;
  private final Codec codec;
  private final String root;

  FunqyBinding(
      Catalogue catalogue,
      List<InstanceFactory> factories,
      Codec codec,
      Map<String, String> variables) {
    this.catalogue = catalogue;
    this.factories = factories;
    this.codec = codec;
    this.root = variables.getOrDefault("QUARKUS_HTTP_ROOT_PATH", "");
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    List<Object> instances = new ArrayList<>();
    try {
      for (InstanceFactory factory : factories) {
        instances.add(factory.create(environment));
      }
    } catch (Throwable e) {
      try {
        FunqyInvoker.close(instances);
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    return new FunqyInvoker(catalogue, instances, codec, root);
  }
}
