package dev.hearth.benchmarks;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.benchmarks.function.Workloads;
import dev.hearth.guard.Guarding;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do polls cost the code they are in?
 *
 * <pre>benchmarks/jmh GuardBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GuardBenchmark {

  /** What the function does. */
  @Param({"hash", "array", "chars", "json", "recursion"})
  @SuppressWarnings("NullAway.Init")
  public String work;

  /** Which of its classes have polls. */
  @Param({"OFF", "OWN"})
  @SuppressWarnings("NullAway.Init")
  public Guarding guard;

  @SuppressWarnings("NullAway.Init")
  private Path jar;

  @SuppressWarnings("NullAway.Init")
  private Hearth hearth;

  @SuppressWarnings("NullAway.Init")
  private FunctionHandle function;

  /** Deploys it. */
  @Setup
  public void open() throws Exception {
    jar = FunctionJar.of(Workloads.class);
    hearth = Hearth.builder().build();
    function =
        hearth.deploy(
            "work",
            FunctionSpec.builder(jar).handler(Workloads.class.getName()).guarding(guard).build());
  }

  /** Stops the host. */
  @TearDown
  public void close() throws Exception {
    hearth.close();
    FunctionJar.delete(jar);
  }

  /** One call. */
  @Benchmark
  public @Nullable Object call() {
    return function.invoke(work);
  }
}
