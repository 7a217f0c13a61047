package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.Context;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.MethodCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses among public methods of one name as Lambda does: the longest with an accepted parameter list. */
final class Overloads {

  private Overloads() {}

  /** What a parameter is given. */
  private enum Role {
    VALUE,
    IN,
    OUT,
    CONTEXT
  }

  /**
   * Chooses.
   *
   * @throws BindingException if there is none with an accepted parameter list
   */
  static Entry choose(Class<?> type, String name) {
    for (Method method : candidates(type, name)) {
      Role[] roles = roles(method);
      if (roles != null) {
        return entry(type, method, roles);
      }
      skipped(method);
    }
    throw new BindingException(
        "No public method named "
            + name
            + " with appropriate method signature found on class "
            + type.getName()
            + "; it takes at most one value, or streams, and then the Context");
  }

  private static List<Method> candidates(Class<?> type, String name) {
    List<Method> named = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)) {
        named.add(method);
      }
    }
    named.sort(
        Comparator.comparing(Method::isBridge)
            .thenComparing(Overloads::weight, Comparator.reverseOrder()));
    return named;
  }

  /** The number of parameters, a trailing context counting twice. */
  private static int weight(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    int count = parameters.length;
    return count > 0 && parameters[count - 1] == Context.class ? count + 1 : count;
  }

  private static Role @Nullable [] roles(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    Role[] roles = new Role[parameters.length];
    for (int i = 0; i < roles.length; i++) {
      roles[i] = role(parameters[i]);
    }
    return isAccepted(roles) ? roles : null;
  }

  private static Role role(Class<?> parameter) {
    if (parameter == InputStream.class) {
      return Role.IN;
    }
    if (parameter == OutputStream.class) {
      return Role.OUT;
    }
    return parameter == Context.class ? Role.CONTEXT : Role.VALUE;
  }

  private static boolean isAccepted(Role[] roles) {
    return switch (roles.length) {
      case 0, 1 -> true;
      case 2 ->
          roles[1] == Role.CONTEXT
              ? roles[0] != Role.CONTEXT
              : roles[0] == Role.IN && roles[1] == Role.OUT;
      case 3 -> roles[0] == Role.IN && roles[1] == Role.OUT && roles[2] == Role.CONTEXT;
      default -> false;
    };
  }

  private static Entry entry(Class<?> type, Method method, Role[] roles) {
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    MethodCall call = new MethodCall(method);
    Entry.Way way = handler -> new ByRoles(call.on(handler), roles);
    Generics generics = Generics.of(type);
    Type given = generics.resolve(method.getGenericReturnType());
    List<Role> all = Arrays.asList(roles);
    if (!all.contains(Role.IN) && !all.contains(Role.OUT)) {
      int value = all.indexOf(Role.VALUE);
      Type input = value < 0 ? null : generics.resolve(method.getGenericParameterTypes()[value]);
      return Entry.ofValue(isStatic, input, given, way);
    }
    if (given != void.class) {
      warn("Will ignore return type " + given.getTypeName() + " of stream method " + method);
    }
    return new Entry(
        isStatic,
        null,
        all.contains(Role.OUT) ? Entry.Output.STREAM : Entry.Output.NOTHING,
        null,
        way);
  }

  /** Calls a method with what its parameters are for. */
  private static final class ByRoles implements Entry.Call {
    private final BoundMethod method;
    private final Role[] roles;

    ByRoles(BoundMethod method, Role[] roles) {
      this.method = method;
      this.roles = roles;
    }

    @Override
    public @Nullable Object with(Entry.Arguments given) throws Throwable {
      return switch (roles.length) {
        case 0 -> method.call();
        case 1 -> method.call(argument(roles[0], given));
        case 2 -> method.call(argument(roles[0], given), argument(roles[1], given));
        default ->
            method.call(
                argument(roles[0], given), argument(roles[1], given), argument(roles[2], given));
      };
    }

    private static @Nullable Object argument(Role role, Entry.Arguments given) {
      return switch (role) {
        case VALUE -> given.value();
        case IN -> given.in();
        case OUT -> given.out();
        case CONTEXT -> given.context();
      };
    }
  }

  private static void skipped(Method method) {
    warn(
        "Ignoring "
            + method
            + " because of its parameters; a handler takes at most one value, or streams, and then"
            + " the Context");
  }

  @SuppressWarnings("SystemOut") // the vendor's users look for it there
  private static void warn(String line) {
    System.err.println(line);
  }
}
