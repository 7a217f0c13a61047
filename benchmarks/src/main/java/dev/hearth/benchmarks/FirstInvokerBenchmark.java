package dev.hearth.benchmarks;

import dev.hearth.benchmarks.function.Greeter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the first of each kind of invoker cost a fresh process, its making and one call?
 *
 * <pre>benchmarks/jmh FirstInvokerBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class FirstInvokerBenchmark {

  private Object target = new Greeter();

  /** By reflection. */
  @Benchmark
  public Object reflection() throws ReflectiveOperationException {
    return Ways.method().invoke(target, "x");
  }

  /** By a bound method handle. */
  @Benchmark
  public Object boundHandle() throws Throwable {
    return Ways.handle(target).invokeExact((Object) "x");
  }

  /** By the class of a lambda. */
  @Benchmark
  public Object lambdaClass() throws Throwable {
    return Ways.lambda(target).apply("x");
  }

  /** By a class that ByteBuddy writes. */
  @Benchmark
  public Object generatedClass() throws ReflectiveOperationException {
    return Ways.generated(target).apply("x");
  }
}
