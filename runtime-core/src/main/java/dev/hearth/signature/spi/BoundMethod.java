package dev.hearth.signature.spi;

import dev.hearth.loader.ThreeArguments;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One method of one object, or a static one, for calls that come again and again: by reflection at first, by a class of its own once it
 * is worth that ({@code docs/decisions/008-invokers.md}). That class belongs to the function's version and goes with it. Thread-safe.
 */
public final class BoundMethod {

  private final MethodCall method;
  private final @Nullable Object target;

  /** One of these is set once there is a class; they are immutable, so any thread may see that late. */
  private @Nullable Supplier<@Nullable Object> none;

  private @Nullable Function<@Nullable Object, @Nullable Object> one;
  private @Nullable BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> two;

  private @Nullable ThreeArguments three;

  BoundMethod(MethodCall method, @Nullable Object target) {
    this.method = method;
    this.target = target;
  }

  /**
   * Calls a method without parameters.
   *
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object call() throws Throwable {
    Supplier<@Nullable Object> direct = none;
    return direct != null ? direct.get() : reflected();
  }

  /**
   * Calls a method with one parameter.
   *
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object call(@Nullable Object argument) throws Throwable {
    Function<@Nullable Object, @Nullable Object> direct = one;
    return direct != null ? direct.apply(argument) : reflected(argument);
  }

  /**
   * Calls a method with two parameters.
   *
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object call(@Nullable Object first, @Nullable Object second) throws Throwable {
    BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> direct = two;
    return direct != null ? direct.apply(first, second) : reflected(first, second);
  }

  /**
   * Calls a method with three parameters.
   *
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object call(
      @Nullable Object first, @Nullable Object second, @Nullable Object third) throws Throwable {
    ThreeArguments direct = three;
    return direct != null ? direct.call(first, second, third) : reflected(first, second, third);
  }

  /**
   * Calls a method with as many parameters as there are arguments.
   *
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object callAll(@Nullable Object[] arguments) throws Throwable {
    return switch (arguments.length) {
      case 0 -> call();
      case 1 -> call(arguments[0]);
      case 2 -> call(arguments[0], arguments[1]);
      case 3 -> call(arguments[0], arguments[1], arguments[2]);
      default -> method.invoke(target, arguments);
    };
  }

  private @Nullable Object reflected(@Nullable Object... arguments) throws Throwable {
    method.used(this);
    return method.invoke(target, arguments);
  }

  @Nullable Object target() {
    return target;
  }

  /** Whether calls no longer go by reflection. */
  boolean isDirect() {
    return none != null || one != null || two != null || three != null;
  }

  /**
   * From now on calls go this way.
   *
   * @param way a {@link Supplier}, {@link Function}, {@link BiFunction} or {@link ThreeArguments}, bound to the target
   */
  @SuppressWarnings("unchecked") // made for any objects
  void use(Object way) {
    if (way instanceof Supplier) {
      none = (Supplier<@Nullable Object>) way;
    } else if (way instanceof Function) {
      one = (Function<@Nullable Object, @Nullable Object>) way;
    } else if (way instanceof ThreeArguments many) {
      three = many;
    } else {
      two = (BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>) way;
    }
  }
}
