package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import dev.hearth.signature.spi.Target;
import dev.hearth.signature.spi.ValueInvoker;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Any public method, of the class or of an instance. */
final class MethodBinding extends PlainBinding {

  private final Class<?> type;
  private final @Nullable InstanceFactory factory; // null where the method is static
  private final MethodCall method;
  private final Parameters parameters;
  private final Input input;
  private final Codec codec;

  private MethodBinding(
      Signed signed,
      Class<?> type,
      @Nullable InstanceFactory factory,
      MethodCall method,
      Parameters parameters,
      Input input,
      Codec codec) {
    super(signed);
    this.type = type;
    this.factory = factory;
    this.method = method;
    this.parameters = parameters;
    this.input = input;
    this.codec = codec;
  }

  static MethodBinding of(Target target, String name) {
    Class<?> type = target.type();
    Generics generics = Generics.of(type);
    Method method = Methods.find(type, generics, name);
    Parameters parameters = Parameters.of(method, generics, target.handler());
    Type taken = parameters.inputType();
    Type given = generics.resolve(method.getGenericReturnType());
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    return new MethodBinding(
        new Signed(target.handler(), shape(parameters, given), taken, given),
        type,
        isStatic ? null : InstanceFactory.of(type),
        new MethodCall(method),
        parameters,
        HeadersInput.with(parameters.headersType(), target.codec().input(taken)),
        target.codec());
  }

  private static Shape shape(Parameters parameters, Type given) {
    if (given == void.class) {
      return Shape.CONSUMER;
    }
    return parameters.takeInput() ? Shape.FUNCTION : Shape.SUPPLIER;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return new Call(factory == null ? initialised() : factory.create(environment));
  }

  /** Runs the static initialiser now, so that what it throws fails the deployment and not the first call. */
  private @Nullable Object initialised() throws Throwable {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
      return null;
    } catch (ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private final class Call extends ValueInvoker {
    private final BoundMethod bound;

    Call(@Nullable Object handler) {
      super(handler, input, codec);
      this.bound = method.on(handler);
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
      return parameters.call(bound, input, context);
    }
  }
}
