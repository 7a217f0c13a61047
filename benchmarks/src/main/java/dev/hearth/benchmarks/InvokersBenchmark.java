package dev.hearth.benchmarks;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.benchmarks.function.Echo;
import dev.hearth.benchmarks.function.Greeter;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What should call a function whose method is known by name only, once it is warm? The rows {@code host…} are whole calls through a
 * host; {@code -jvmArgsAppend -Dhearth.invokers.after=-1} shows what they cost by reflection.
 *
 * <pre>benchmarks/jmh InvokersBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InvokersBenchmark {

  private String input = "x"; // not final: a constant would be folded
  private Object target = new Greeter();

  @SuppressWarnings("NullAway.Init")
  private Function<String, String> function;

  @SuppressWarnings("NullAway.Init")
  private Method method;

  @SuppressWarnings("NullAway.Init")
  private MethodHandle handle;

  @SuppressWarnings("NullAway.Init")
  private MethodHandle spreader;

  @SuppressWarnings("NullAway.Init")
  private Function<Object, Object> lambda;

  @SuppressWarnings("NullAway.Init")
  private Function<Object, Object> generated;

  @SuppressWarnings("NullAway.Init")
  private Path echoJar;

  @SuppressWarnings("NullAway.Init")
  private Path greeterJar;

  @SuppressWarnings("NullAway.Init")
  private Hearth hearth;

  @SuppressWarnings("NullAway.Init")
  private FunctionHandle byInterface;

  @SuppressWarnings("NullAway.Init")
  private FunctionHandle byName;

  /** Makes every way. */
  @Setup
  public void open() throws Throwable {
    function = new Echo();
    method = Ways.method();
    handle = Ways.handle(target);
    spreader = Ways.spreader(target);
    lambda = Ways.lambda(target);
    generated = Ways.generated(target);
    echoJar = FunctionJar.of(Echo.class);
    greeterJar = FunctionJar.of(Greeter.class);
    hearth = Hearth.builder().build();
    byInterface =
        hearth.deploy("echo", FunctionSpec.builder(echoJar).handler(Echo.class.getName()).build());
    byName =
        hearth.deploy(
            "greeter",
            FunctionSpec.builder(greeterJar).handler(Greeter.class.getName() + "::greet").build());
  }

  /** Stops the host. */
  @TearDown
  public void close() throws Exception {
    hearth.close();
    FunctionJar.delete(echoJar);
    FunctionJar.delete(greeterJar);
  }

  /** What measuring costs. */
  @Benchmark
  public Object nothing() {
    return input;
  }

  /** By the function's own interface. */
  @Benchmark
  public Object ownInterface() {
    return function.apply(input);
  }

  /** By reflection. */
  @Benchmark
  public Object reflection() throws ReflectiveOperationException {
    return method.invoke(target, input);
  }

  /** By a bound method handle. */
  @Benchmark
  public Object boundHandle() throws Throwable {
    return handle.invokeExact((Object) input);
  }

  /** By a method handle that takes an array. */
  @Benchmark
  public Object spreadingHandle() throws Throwable {
    return spreader.invokeExact(new Object[] {input});
  }

  /** By the class of a lambda. */
  @Benchmark
  public Object lambdaClass() {
    return lambda.apply(input);
  }

  /** By a class that ByteBuddy wrote. */
  @Benchmark
  public Object generatedClass() {
    return generated.apply(input);
  }

  /** Through the host, a function that implements an interface. */
  @Benchmark
  public @Nullable Object hostByInterface() {
    return byInterface.invoke(input);
  }

  /** Through the host, a method called by name. */
  @Benchmark
  public @Nullable Object hostByName() {
    return byName.invoke(input);
  }
}
