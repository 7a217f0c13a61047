package dev.hearth.signature.funqy;

import dev.hearth.function.Context;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Target;
import io.quarkus.funqy.Funq;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One annotated method.
 *
 * @param name the annotation's value, else the method's name
 * @param method calls it
 * @param instance which of the binding's instances it is called on
 * @param parameters what each parameter is given
 * @param input type of the data it takes, out of its event; void for none
 * @param takesEvent whether it takes the event around the data
 * @param output type of the data it gives, out of event and promise; void for none
 * @param givesEvent whether it gives the event around the data
 * @param givesUni whether it gives a promise of Mutiny's kind
 * @param mapping how events are routed to it, and what its answers are called
 */
record FunqyFunction(
    String name,
    MethodCall method,
    int instance,
    List<Parameter> parameters,
    Type input,
    boolean takesEvent,
    Type output,
    boolean givesEvent,
    boolean givesUni,
    Mapping mapping) {

  private static final String EVENT = "io.quarkus.funqy.knative.events.CloudEvent";
  private static final String CONTEXT = "io.quarkus.funqy.Context";
  private static final String UNI = "io.smallrye.mutiny.Uni";

  /** What a parameter is given. */
  enum Parameter {
    INPUT,
    EVENT,
    CONTEXT
  }

  static FunqyFunction of(Method method, int instance, Generics generics, Target target) {
    requireCallable(method);
    String name = method.getAnnotation(Funq.class).value();
    name = name.isEmpty() ? method.getName() : name;
    Type[] types = method.getGenericParameterTypes();
    List<Parameter> parameters = new ArrayList<>(types.length);
    Type input = void.class;
    for (int i = 0; i < types.length; i++) {
      types[i] = generics.resolve(types[i]);
      Parameter parameter = parameter(method, i, types[i]);
      parameters.add(parameter);
      if (parameter == Parameter.INPUT) {
        input = onlyInput(method, input, types[i]);
      }
    }
    Type output = generics.resolve(promised(method, method.getGenericReturnType()));
    return new FunqyFunction(
        name,
        new MethodCall(method),
        instance,
        List.copyOf(parameters),
        data(method, input),
        isEvent(input),
        data(method, output),
        isEvent(output),
        method.getReturnType().getName().equals(UNI),
        Mapping.of(method, name, target.variables()));
  }

  static void requireCallable(Method method) {
    int access = method.getModifiers();
    if (!Modifier.isPublic(access) || Modifier.isStatic(access)) {
      throw new BindingException(
          "method " + method + " is annotated with @Funq; it must be public and not static");
    }
  }

  private static Parameter parameter(Method method, int index, Type type) {
    if (!isContext(method.getParameterAnnotations()[index])) {
      return Parameter.INPUT;
    }
    if (isEvent(type)) {
      return Parameter.EVENT;
    }
    if (type == Context.class) {
      return Parameter.CONTEXT;
    }
    throw new BindingException(
        "method "
            + method
            + " asks for a @Context of type "
            + type.getTypeName()
            + "; there are "
            + EVENT
            + " and "
            + Context.class.getName());
  }

  private static boolean isContext(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getName().equals(CONTEXT)) {
        return true;
      }
    }
    return false;
  }

  private static Type onlyInput(Method method, Type before, Type type) {
    if (before != void.class) {
      throw new BindingException(
          "method " + method + " takes two inputs; a Funqy function takes one at most");
    }
    return type;
  }

  private static Type promised(Method method, Type type) {
    Class<?> raw = Generics.raw(type);
    if (raw.getName().equals(UNI) || CompletionStage.class.isAssignableFrom(raw)) {
      Type value = Generics.argument(type, 0);
      if (value == Object.class) {
        throw new BindingException(
            "method " + method + " gives a " + raw.getSimpleName() + "; say of what type");
      }
      return value;
    }
    return type;
  }

  private static boolean isEvent(Type type) {
    return Generics.raw(type).getName().equals(EVENT);
  }

  private static Type data(Method method, Type type) {
    Type data = isEvent(type) ? Generics.argument(type, 0) : type;
    if (data == Byte[].class) {
      throw new BindingException("method " + method + " speaks of Byte[]; use byte[]");
    }
    return data == Void.class ? void.class : data;
  }

  boolean takes() {
    return input != void.class || takesEvent;
  }

  boolean gives() {
    return output != void.class || givesEvent;
  }

  /** Whether it can be called with what is no event. */
  boolean isForEventsOnly() {
    return takesEvent || givesEvent;
  }

  @Nullable Object call(
      BoundMethod method, @Nullable Object given, @Nullable Object event, Context context)
      throws Throwable {
    @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (parameters.get(i)) {
            case INPUT -> given;
            case EVENT -> event;
            case CONTEXT -> context;
          };
    }
    return method.callAll(arguments);
  }
}
