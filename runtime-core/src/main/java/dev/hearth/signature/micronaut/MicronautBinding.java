package dev.hearth.signature.micronaut;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance is one object of each class, and what factories among them made. */
final class MicronautBinding implements Binding {

  private final Map<String, BeanFunction> functions;
  private final List<InstanceFactory> factories;
  private final Codec codec;
  private final String root;

  MicronautBinding(
      Map<String, BeanFunction> functions,
      List<InstanceFactory> factories,
      Codec codec,
      Map<String, String> variables) {
    this.functions = functions;
    this.factories = factories;
    this.codec = codec;
    this.root = variables.getOrDefault("MICRONAUT_FUNCTION_CONTEXT_PATH", "");
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    List<Object> made = new ArrayList<>();
    try {
      for (InstanceFactory factory : factories) {
        made.add(factory.create(environment));
      }
      Map<String, BoundMethod> targets = new LinkedHashMap<>();
      for (BeanFunction function : functions.values()) {
        targets.put(function.name(), function.method().on(target(function, made)));
      }
      return new MicronautInvoker(functions, targets, made, codec, root);
    } catch (Throwable e) {
      try {
        MicronautInvoker.close(made);
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static Object target(BeanFunction function, List<Object> made) throws Throwable {
    Object instance = made.get(function.instance());
    MethodCall factory = function.factory();
    if (factory == null) {
      return instance;
    }
    Object target = factory.invoke(instance);
    if (target == null) {
      throw new IllegalStateException(factory + " made no function");
    }
    made.add(target);
    return target;
  }
}
