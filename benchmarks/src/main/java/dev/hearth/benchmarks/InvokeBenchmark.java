package dev.hearth.benchmarks;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.benchmarks.function.Echo;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
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
 * What does a warm call through the host cost an embedding service, over calling the function itself?
 *
 * <pre>benchmarks/jmh InvokeBenchmark</pre>
 *
 * Without a run timeout the function runs on the caller's thread. With one it runs on the host's, so that row holds two hand-overs
 * between threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InvokeBenchmark {

  private String input = "x"; // not final: a constant would be folded

  @SuppressWarnings("NullAway.Init")
  private Path jar;

  @SuppressWarnings("NullAway.Init")
  private URLClassLoader loader;

  @SuppressWarnings("NullAway.Init")
  private Function<String, String> function;

  @SuppressWarnings("NullAway.Init")
  private Hearth hearth;

  @SuppressWarnings("NullAway.Init")
  private FunctionHandle echo;

  @SuppressWarnings("NullAway.Init")
  private FunctionHandle bounded;

  /** Loads the function twice by the host and once by hand. */
  @Setup
  @SuppressWarnings("unchecked") // Echo is a function of strings
  public void open() throws Exception {
    jar = FunctionJar.of(Echo.class);
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    function =
        (Function<String, String>)
            loader.loadClass(Echo.class.getName()).getConstructor().newInstance();
    hearth = Hearth.builder().build();
    FunctionSpec.Builder spec = FunctionSpec.builder(jar).handler(Echo.class.getName());
    echo = hearth.deploy("echo", spec.build());
    bounded = hearth.deploy("bounded", spec.runTimeout(Duration.ofSeconds(30)).build());
  }

  /** Stops the host. */
  @TearDown
  public void close() throws Exception {
    hearth.close();
    loader.close();
    FunctionJar.delete(jar);
  }

  /** What measuring costs. */
  @Benchmark
  public String nothing() {
    return input;
  }

  /** The obvious thing. */
  @Benchmark
  public String direct() {
    return function.apply(input);
  }

  /** Through the host, on this thread. */
  @Benchmark
  public @Nullable Object invoke() {
    return echo.invoke(input);
  }

  /** Through the host, on its threads, with a bound on the call. */
  @Benchmark
  public @Nullable Object invokeWithRunTimeout() {
    return bounded.invoke(input);
  }
}
