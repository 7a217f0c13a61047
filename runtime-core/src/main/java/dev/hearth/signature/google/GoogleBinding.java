package dev.hearth.signature.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.RawBackgroundFunction;
import com.google.cloud.functions.TypedFunction;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.lang.reflect.Type;

/** One function class of a known kind. */
final class GoogleBinding implements Binding {

  private final FunctionKind kind;
  private final InstanceFactory factory;
  private final Type payload;

  GoogleBinding(FunctionKind kind, InstanceFactory factory, Type payload) {
    this.kind = kind;
    this.factory = factory;
    this.payload = payload;
  }

  @Override
  public Shape shape() {
    return kind.shape();
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    Object handler = factory.create(environment);
    return switch (kind) {
      case HTTP -> new HttpInvoker((HttpFunction) handler);
      case TYPED -> TypedInvoker.of((TypedFunction<?, ?>) handler, payload);
      case BACKGROUND -> new BackgroundInvoker((BackgroundFunction<?>) handler, payload);
      case RAW_BACKGROUND -> new RawBackgroundInvoker((RawBackgroundFunction) handler);
      case CLOUD_EVENTS -> new CloudEventsInvoker((CloudEventsFunction) handler);
    };
  }
}
