package dev.hearth.signature.spi;

import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ThreeArguments;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A class that calls one method, as the JDK makes it for a method reference. Its loader is that of the function. */
final class MethodLink {

  private final MethodHandle factory; // takes the target, gives what calls it

  private MethodLink(MethodHandle factory) {
    this.factory = factory;
  }

  /**
   * Makes the class.
   *
   * @param method a method of three parameters at most
   * @param near the class of the object it is called on, or its own
   * @throws Exception if the JDK cannot make it, or the class is not a function's: the new one is put next to it, and would stay
   */
  static MethodLink of(Method method, Class<?> near) throws Exception {
    if (!(near.getClassLoader() instanceof FunctionLoader function)) {
      throw new IllegalAccessException(near + " is not a class of a function");
    }
    Lookup lookup = MethodHandles.privateLookupIn(near, function.lookup());
    MethodHandle called = lookup.unreflect(method).asFixedArity();
    MethodType whole = called.type();
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    MethodType own = isStatic ? whole : whole.dropParameterTypes(0, 1);
    Way way = Way.of(own);
    MethodType erased = MethodType.genericMethodType(own.parameterCount());
    MethodType boxed = own.wrap();
    if (own.returnType() == void.class) {
      erased = erased.changeReturnType(void.class);
      boxed = boxed.changeReturnType(void.class);
    }
    MethodType making = MethodType.methodType(way.type);
    if (!isStatic) {
      making = making.appendParameterTypes(whole.parameterType(0));
    }
    MethodHandle factory =
        LambdaMetafactory.metafactory(lookup, way.name, making, erased, called, boxed).getTarget();
    if (isStatic) {
      factory = MethodHandles.dropArguments(factory, 0, Object.class);
    }
    return new MethodLink(factory.asType(MethodType.methodType(Object.class, Object.class)));
  }

  /** Has one call by this from now on. */
  void give(BoundMethod bound) {
    bound.use(giving(made(bound.target())));
  }

  private Object made(@Nullable Object target) {
    try {
      return factory.invokeExact(target);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("no way to call " + target + " could be made", e);
    }
  }

  /** What gives nothing gives null. */
  @SuppressWarnings("unchecked") // made for any objects
  private static Object giving(Object way) {
    if (way instanceof Runnable none) {
      return (Supplier<@Nullable Object>)
          () -> {
            none.run();
            return null;
          };
    }
    if (way instanceof Consumer) {
      Consumer<@Nullable Object> one = (Consumer<@Nullable Object>) way;
      return (Function<@Nullable Object, @Nullable Object>)
          argument -> {
            one.accept(argument);
            return null;
          };
    }
    if (way instanceof ThreeArguments.Nothing three) {
      return (ThreeArguments)
          (first, second, third) -> {
            three.call(first, second, third);
            return null;
          };
    }
    if (way instanceof BiConsumer) {
      BiConsumer<@Nullable Object, @Nullable Object> two =
          (BiConsumer<@Nullable Object, @Nullable Object>) way;
      return (BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>)
          (first, second) -> {
            two.accept(first, second);
            return null;
          };
    }
    return way;
  }

  /** Interfaces that function and host both see: those of the JDK, and where it has none, of the loader. */
  private enum Way {
    RUN(Runnable.class, "run"),
    ACCEPT(Consumer.class, "accept"),
    ACCEPT_TWO(BiConsumer.class, "accept"),
    CALL_NOTHING(ThreeArguments.Nothing.class, "call"),
    GET(Supplier.class, "get"),
    APPLY(Function.class, "apply"),
    APPLY_TWO(BiFunction.class, "apply"),
    CALL(ThreeArguments.class, "call");

    private static final List<Way> GIVING = List.of(GET, APPLY, APPLY_TWO, CALL);
    private static final List<Way> NOTHING = List.of(RUN, ACCEPT, ACCEPT_TWO, CALL_NOTHING);

    private final Class<?> type;
    private final String name;

    Way(Class<?> type, String name) {
      this.type = type;
      this.name = name;
    }

    static Way of(MethodType type) {
      List<Way> ways = type.returnType() == void.class ? NOTHING : GIVING;
      return ways.get(type.parameterCount());
    }
  }
}
