package dev.hearth.benchmarks;

import dev.hearth.benchmarks.function.Greeter;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;

/** What can call a method that is known by name only. */
final class Ways {

  private Ways() {}

  static Method method() throws ReflectiveOperationException {
    return Greeter.class.getMethod("greet", String.class);
  }

  /** Takes and gives an object. */
  static MethodHandle handle(Object target) throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .unreflect(method())
        .bindTo(target)
        .asType(MethodType.methodType(Object.class, Object.class));
  }

  /** Takes an array of arguments. */
  static MethodHandle spreader(Object target) throws ReflectiveOperationException {
    return handle(target).asSpreader(Object[].class, 1);
  }

  /** The class that the JDK makes for a lambda. */
  @SuppressWarnings("unchecked") // made for any objects
  static Function<Object, Object> lambda(Object target) throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle greet = lookup.unreflect(method());
    MethodHandle factory =
        LambdaMetafactory.metafactory(
                lookup,
                "apply",
                MethodType.methodType(Function.class, Greeter.class),
                MethodType.genericMethodType(1),
                greet,
                MethodType.methodType(String.class, String.class))
            .getTarget();
    return (Function<Object, Object>) factory.invoke(target);
  }

  /** A class that ByteBuddy writes. */
  @SuppressWarnings("unchecked") // made for any objects
  static Function<Object, Object> generated(Object target) throws ReflectiveOperationException {
    Class<?> made =
        new ByteBuddy()
            .subclass(Object.class)
            .implement(Function.class)
            .method(ElementMatchers.named("apply"))
            .intercept(
                MethodCall.invoke(method())
                    .on(target)
                    .withArgument(0)
                    .withAssigner(Assigner.DEFAULT, Assigner.Typing.DYNAMIC))
            .make()
            .load(Ways.class.getClassLoader())
            .getLoaded();
    return (Function<Object, Object>) made.getConstructor().newInstance();
  }
}
