package dev.hearth.signature.micronaut;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.MethodCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One function: the method that is called, and the media types around it.
 *
 * @param name under which it is reached
 * @param method calls it
 * @param factory makes the object it is called on, out of the instance; null where it is called on the instance itself
 * @param instance which of the binding's instances that is
 * @param arguments what it takes, at most two
 * @param media which media types it takes and gives
 * @param gives whether it gives anything
 */
record BeanFunction(
    String name,
    MethodCall method,
    @Nullable MethodCall factory,
    int instance,
    List<Argument> arguments,
    Media media,
    boolean gives) {

  /**
   * One of the things that a function takes.
   *
   * @param name by which it is found in a body that holds two
   * @param type its type
   * @param input makes it of a whole body
   */
  record Argument(String name, Type type, Input input) {}

  /** A class that is a function itself, or has the method that is. */
  static BeanFunction ofClass(
      Class<?> type, String name, String method, int instance, Codec codec) {
    Type[] signature = Functional.signature(type, type);
    Method called = called(type, method, signature != null);
    String known = name.isEmpty() ? Names.hyphenated(type.getSimpleName()) : name;
    return signature != null && method.isEmpty()
        ? of(known, called, null, instance, signature, codec)
        : of(known, called, null, instance, signatureOf(called, Generics.of(type)), codec);
  }

  /** A function that a factory's method makes. */
  static BeanFunction ofFactory(Method method, String name, int instance, Codec codec) {
    Type made = method.getGenericReturnType();
    Type[] signature = Functional.signature(Generics.raw(made), made);
    if (signature == null || method.getParameterCount() > 0) {
      throw new BindingException(
          "method "
              + method
              + " is annotated with @FunctionBean; it must take nothing and give a function of"
              + " java.util.function");
    }
    return of(
        name.isEmpty() ? Names.hyphenated(method.getName()) : name,
        Functional.method(Generics.raw(made)),
        new MethodCall(method),
        instance,
        signature,
        codec);
  }

  private static Method called(Class<?> type, String name, boolean functional) {
    if (functional && name.isEmpty()) {
      return Functional.method(type);
    }
    List<Method> found = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      int access = method.getModifiers();
      boolean callable =
          Modifier.isPublic(access) && !Modifier.isStatic(access) && !method.isSynthetic();
      if (callable && (name.isEmpty() || name.equals(method.getName()))) {
        found.add(method);
      }
    }
    if (found.size() != 1) {
      throw new BindingException(
          "class "
              + type.getName()
              + " is annotated with @FunctionBean and has "
              + found.size()
              + " public methods"
              + (name.isEmpty() ? "" : " named " + name)
              + "; name the one to call, as @FunctionBean(method = \"…\"), or implement an"
              + " interface of java.util.function");
    }
    return found.get(0);
  }

  /** Types of what it takes, then of what it gives. */
  private static Type[] signatureOf(Method method, Generics generics) {
    Type[] taken = method.getGenericParameterTypes();
    Type[] signature = new Type[taken.length + 1];
    for (int i = 0; i < taken.length; i++) {
      signature[i] = generics.resolve(taken[i]);
    }
    signature[taken.length] = generics.resolve(method.getGenericReturnType());
    return signature;
  }

  private static BeanFunction of(
      String name,
      Method method,
      @Nullable MethodCall factory,
      int instance,
      Type[] signature,
      Codec codec) {
    Type given = signature[signature.length - 1];
    if (CompletionStage.class.isAssignableFrom(Generics.raw(given))) {
      given = Generics.argument(given, 0);
    }
    boolean gives = given != void.class && given != Void.class;
    List<Argument> arguments = arguments(method, signature, codec);
    Type taken = arguments.size() == 1 ? arguments.get(0).type() : void.class;
    return new BeanFunction(
        name,
        new MethodCall(method),
        factory,
        instance,
        arguments,
        Media.of(method, taken, gives ? given : void.class),
        gives);
  }

  private static List<Argument> arguments(Method method, Type[] signature, Codec codec) {
    int count = signature.length - 1;
    if (count > 2) {
      throw new BindingException("method " + method + " takes more than two arguments");
    }
    List<Argument> arguments = new ArrayList<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < count; i++) {
      if (count == 2 && !parameters[i].isNamePresent()) {
        throw new BindingException(
            "method "
                + method
                + " takes two arguments, which are found by their names; compile it with"
                + " -parameters");
      }
      arguments.add(new Argument(parameters[i].getName(), signature[i], codec.input(signature[i])));
    }
    return arguments;
  }

  /**
   * Says no to a method of HTTP that does not call it.
   *
   * @throws InputException if it is one
   */
  void requireMethod(String sent) throws InputException {
    boolean reads = arguments.isEmpty();
    if (reads ? !sent.equals("GET") && !sent.equals("HEAD") : !sent.equals("POST")) {
      String allowed = reads ? "GET, HEAD" : "POST";
      throw InputException.methodNotAllowed(
          "method " + sent + " is not allowed; use " + allowed, allowed);
    }
  }
}
