package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.function.Lifecycle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import dev.hearth.signature.spi.Target;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A public method that writes its answer itself: to an {@link OutputStream} or a {@link Response} it takes, reading an {@link
 * InputStream} or a {@link Request} if it wants to.
 *
 * @param factory null where the method is static
 */
record StreamMethodBinding(
    Class<?> type, @Nullable InstanceFactory factory, MethodCall method, List<Class<?>> parameters)
    implements Binding {

  /**
   * The binding of a method of this kind; null if the class has none of this name.
   *
   * @throws BindingException if it has several, or one that takes or gives something else as well
   */
  static @Nullable StreamMethodBinding find(Target target, String name) {
    Method found = null;
    for (Method method : target.type().getMethods()) {
      if (method.getName().equals(name) && !method.isBridge() && writesItself(method)) {
        if (found != null) {
          throw new BindingException(
              "handler "
                  + target.handler()
                  + " is ambiguous: several such methods take an OutputStream or Response; leave one");
        }
        found = method;
      }
    }
    return found == null ? null : of(target, found);
  }

  private static boolean writesItself(Method method) {
    for (Class<?> parameter : method.getParameterTypes()) {
      if (parameter == OutputStream.class || parameter == Response.class) {
        return true;
      }
    }
    return false;
  }

  private static StreamMethodBinding of(Target target, Method method) {
    for (Class<?> parameter : method.getParameterTypes()) {
      if (!canBeGiven(parameter)) {
        throw refused(target, "takes a " + parameter.getName());
      }
    }
    if (method.getReturnType() != void.class) {
      throw refused(target, "returns a " + method.getReturnType().getName());
    }
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    return new StreamMethodBinding(
        target.type(),
        isStatic ? null : InstanceFactory.of(target.type()),
        new MethodCall(method),
        List.of(method.getParameterTypes()));
  }

  private static BindingException refused(Target target, String what) {
    return new BindingException(
        "handler "
            + target.handler()
            + " writes its answer itself and "
            + what
            + "; such a method is void and takes InputStream or Request, OutputStream or Response, and"
            + " dev.hearth.function.Context");
  }

  private static boolean canBeGiven(Class<?> parameter) {
    return parameter == InputStream.class
        || parameter == Request.class
        || parameter == OutputStream.class
        || parameter == Response.class
        || parameter == Context.class;
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    if (factory != null) {
      return new Call(factory.create(environment));
    }
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
      return new Call(null);
    } catch (ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private final class Call implements Invoker {
    private final @Nullable Object handler;
    private final BoundMethod bound;

    Call(@Nullable Object handler) {
      this.handler = handler;
      this.bound = method.on(handler);
    }

    @Override
    public boolean accepts(@Nullable Object input) {
      return false;
    }

    @Override
    public Object read(Exchange exchange) {
      return exchange;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
      Exchange exchange = (Exchange) Objects.requireNonNull(input);
      Object[] arguments = new Object[parameters.size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(parameters.get(i), exchange, context);
      }
      return bound.callAll(arguments);
    }

    private static Object argument(Class<?> parameter, Exchange exchange, Context context) {
      if (parameter == InputStream.class) {
        return exchange.request().body();
      }
      if (parameter == OutputStream.class) {
        return exchange.response().body();
      }
      if (parameter == Request.class) {
        return exchange.request();
      }
      return parameter == Response.class ? exchange.response() : context;
    }

    @Override
    public void write(@Nullable Object result, Exchange exchange) {}

    @Override
    public List<Lifecycle> hooks() {
      return InstanceFactory.hooks(handler);
    }

    @Override
    public void close() throws Exception {
      InstanceFactory.close(handler);
    }
  }
}
