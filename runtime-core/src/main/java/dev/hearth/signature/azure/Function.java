package dev.hearth.signature.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One function: a method, what its arguments are made of, and where what it gives goes. Immutable. */
final class Function {

  private final String name;
  private final MethodCall call;
  private final boolean isStatic;
  private final @Nullable BoundMethod onClass; // a function object lives for one call only
  private final Class<?> returns;
  private final List<Argument> arguments;
  private final Declaration trigger;

  /** What the method's own annotation says about what it returns. */
  private final @Nullable Declaration returned;

  private final boolean hasImplicitOutput;
  private final Route route;

  private Function(
      String name, Method method, List<Argument> arguments, Declaration trigger, boolean implicit) {
    this.name = name;
    this.call = new MethodCall(method);
    this.isStatic = Modifier.isStatic(method.getModifiers());
    this.onClass = isStatic ? call.on(null) : null;
    this.returns = method.getReturnType();
    this.arguments = List.copyOf(arguments);
    this.trigger = trigger;
    Declaration declared = Declaration.among(method.getAnnotations());
    this.returned = declared != null && declared.isOutput() ? declared : null;
    this.hasImplicitOutput = implicit;
    this.route =
        Route.of(
            trigger.annotation() instanceof HttpTrigger http && !http.route().isEmpty()
                ? http.route()
                : name);
  }

  /**
   * Looks at a method.
   *
   * @param type the class that the user named, which says what type variables are
   * @throws BindingException if it has a parameter that nothing is known for, or not exactly one trigger
   */
  static Function of(Class<?> type, Method method) {
    FunctionName annotation = Objects.requireNonNull(method.getAnnotation(FunctionName.class));
    String where =
        "function " + annotation.value() + " (" + type.getName() + "::" + method.getName() + ")";
    Generics generics = Generics.of(type);
    List<Argument> arguments = new ArrayList<>();
    Declaration trigger = null;
    boolean implicit = false;
    for (Parameter parameter : method.getParameters()) {
      Declaration declared = Declaration.among(parameter.getAnnotations());
      Type resolved = generics.resolve(parameter.getParameterizedType());
      arguments.add(argument(where, parameter, declared, resolved));
      if (declared != null && declared.isTrigger()) {
        if (trigger != null) {
          throw new BindingException(
              where
                  + " has two triggers, "
                  + trigger.name()
                  + " and "
                  + declared.name()
                  + "; leave one");
        }
        trigger = declared;
      }
      implicit |= declared != null && declared.hasImplicitOutput();
    }
    if (trigger == null) {
      throw new BindingException(
          where + " has no trigger; annotate one of its parameters with @HttpTrigger or another");
    }
    return new Function(annotation.value(), method, arguments, trigger, implicit);
  }

  private static Argument argument(
      String where, Parameter parameter, @Nullable Declaration declared, Type type) {
    Class<?> raw = Generics.raw(type);
    if (OutputBinding.class.isAssignableFrom(raw)) {
      if (declared == null || raw != OutputBinding.class) {
        throw new BindingException(
            where
                + ": parameter "
                + parameter.getName()
                + " is to be an OutputBinding with one of the vendor's output annotations, such as @QueueOutput");
      }
      return new Argument.Output(declared);
    }
    if (declared != null) {
      if (declared.isOutput()) {
        throw new BindingException(
            where
                + ": output "
                + declared.name()
                + " is a "
                + type.getTypeName()
                + "; make it an OutputBinding<"
                + raw.getSimpleName()
                + ">");
      }
      return new Argument.Input(declared, type);
    }
    BindingName metadata = parameter.getAnnotation(BindingName.class);
    if (metadata != null) {
      return new Argument.Metadata(metadata.value(), type);
    }
    if (raw.isAssignableFrom(CallContext.class) && ExecutionContext.class.isAssignableFrom(raw)) {
      return new Argument.OfContext();
    }
    throw new BindingException(
        where
            + ": parameter "
            + parameter.getName()
            + " of type "
            + type.getTypeName()
            + " has none of the vendor's binding annotations; add one, or @BindingName");
  }

  /** As its {@code @FunctionName} says. */
  String name() {
    return name;
  }

  boolean isStatic() {
    return isStatic;
  }

  Declaration trigger() {
    return trigger;
  }

  Route route() {
    return route;
  }

  List<Argument> arguments() {
    return arguments;
  }

  /** Calls the method. */
  @Nullable Object invoke(@Nullable Object instance, @Nullable Object[] values) throws Throwable {
    return onClass == null ? call.invoke(instance, values) : onClass.callAll(values);
  }

  /** Whether it gives something besides its output parameters. */
  boolean returnsSomething() {
    return (returns != void.class && returns != Void.class) || hasImplicitOutput;
  }

  /** Whether what it returns is the answer of its caller, not one more output. */
  boolean returnIsAnswer() {
    return !trigger.isHttp() || returned == null || returned.isHttp();
  }

  /** HTTP functions answer themselves; others take a message, and perhaps give one. */
  Shape shape() {
    if (trigger.isHttp()) {
      return Shape.EXCHANGE;
    }
    return returnsSomething() ? Shape.FUNCTION : Shape.CONSUMER;
  }

  /** What a contract may want to know, by the names that the package's documentation lists. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("azure.function", name);
    facts.put("azure.trigger", trigger.type());
    facts.put("azure.trigger-name", trigger.name());
    if (trigger.annotation() instanceof HttpTrigger http) {
      StringBuilder methods = new StringBuilder();
      for (HttpMethod method : http.methods()) {
        methods.append(methods.length() == 0 ? "" : ",").append(method.name());
      }
      facts.put("azure.route", http.route().isEmpty() ? name : http.route());
      facts.put("azure.methods", methods.toString());
      facts.put("azure.auth-level", http.authLevel().name().toLowerCase(Locale.ROOT));
    }
    return Map.copyOf(facts);
  }
}
