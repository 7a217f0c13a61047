package dev.hearth.signature.plain;

import dev.hearth.function.BatchFunction;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.lang.reflect.Type;

/** A class that implements {@link BatchFunction}. */
record BatchBinding(InstanceFactory factory, Codec codec, Type item, Type list) implements Binding {

  static BatchBinding of(Class<?> type, Codec codec) {
    Type item = Generics.of(type).arguments(BatchFunction.class)[0];
    return new BatchBinding(InstanceFactory.of(type), codec, item, Generics.listOf(item));
  }

  @Override
  public Shape shape() {
    return Shape.FUNCTION;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return new BatchInvoker(factory.create(environment), codec, item, list);
  }
}
