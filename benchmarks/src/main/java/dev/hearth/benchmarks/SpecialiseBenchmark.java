package dev.hearth.benchmarks;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.benchmarks.function.Echo;
import java.net.URL;
import java.net.URLClassLoader;
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
 * How long does it take, in a host that is up, to take in a small jar, call it once and let it go, and how much of
 * that is Hearth's?
 *
 * <pre>benchmarks/jmh SpecialiseBenchmark</pre>
 *
 * The other row does by hand what cannot be avoided: a class loader on the same jar, one class, one call. It copies no
 * archive, verifies no hash, and proves nothing unloaded.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SpecialiseBenchmark {

  @SuppressWarnings("NullAway.Init")
  private Path jar;

  @SuppressWarnings("NullAway.Init")
  private FunctionSpec spec;

  @SuppressWarnings("NullAway.Init")
  private Hearth hearth;

  /** Packs the jar and starts the host. */
  @Setup
  public void open() throws Exception {
    jar = FunctionJar.of(Echo.class);
    spec = FunctionSpec.builder(jar).handler(Echo.class.getName()).build();
    hearth = Hearth.builder().build();
  }

  /** Stops the host. */
  @TearDown
  public void close() throws Exception {
    hearth.close();
    FunctionJar.delete(jar);
  }

  /** Deploys, invokes, undeploys, and waits until the version is closed. */
  @Benchmark
  public @Nullable Object hearth() {
    FunctionHandle echo = hearth.deploy("echo", spec);
    Object answer = echo.invoke("x");
    echo.undeploy().toCompletableFuture().join();
    return answer;
  }

  /** Loads, instantiates, calls, closes. */
  @Benchmark
  @SuppressWarnings("unchecked") // Echo is a function of strings
  public Object urlClassLoader() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(Echo.class.getName(), true, loader);
      return ((Function<String, String>) type.getConstructor().newInstance()).apply("x");
    }
  }
}
