package dev.hearth.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH suites that targets are about; {@code benchmarks/jmh} runs any. */
final class Suites {

  /** The name of their table. */
  static final String TABLE = "jmh";

  /** Time of an operation, whatever unit the suite chose. */
  static final String TIME = "ns/op";

  /** Memory that an operation allocates. */
  static final String MEMORY = "B/op";

  /** The row of a call with everything on. */
  static final String METERED = "InvokeBenchmark.invokeWithRunTimeout";

  private static final String INCLUDED = "\\.(InvokeBenchmark|SpecialiseBenchmark)\\.";

  private Suites() {}

  /** Runs them with one JDK; a suite that fails has no rows. */
  static void measure(boolean quick, Path javaHome, String jdk, Machine machine, Results results) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(INCLUDED)
            .jvm(javaHome.resolve("bin/java").toString())
            .addProfiler(GCProfiler.class)
            .timeout(TimeValue.minutes(1))
            .verbosity(VerboseMode.SILENT)
            .forks(2)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 500 : 1000))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(quick ? 300 : 1000));
    if (Machine.feature(jdk) >= 24) {
      options.jvmArgsAppend(
          "--sun-misc-unsafe-memory-access=allow"); // JMH asks for it, with warnings
    }
    List<Row> rows = new ArrayList<>();
    try {
      for (RunResult run : new Runner(options.build()).run()) {
        rows.add(row(run));
      }
    } catch (RunnerException e) {
      rows.add(Row.failed("JMH", Failures.shortly(e)));
    }
    results.add(new Results.Table(TABLE, "In one process, by JMH", jdk, "", machine, rows));
  }

  private static Row row(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    StringBuilder name =
        new StringBuilder(
            benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1));
    for (String key : run.getParams().getParamsKeys()) {
      name.append(' ').append(key).append('=').append(run.getParams().getParam(key));
    }
    Row row = new Row(name.toString());
    double nanos = run.getParams().getTimeUnit().toNanos(1);
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        boolean time = iteration.getPrimaryResult().getScoreUnit().endsWith("/op");
        double score = iteration.getPrimaryResult().getScore();
        row.add(
            time ? TIME : iteration.getPrimaryResult().getScoreUnit(),
            time ? score * nanos : score);
        addMemory(iteration.getSecondaryResults().values(), row);
      }
    }
    return row;
  }

  @SuppressWarnings("rawtypes") // as JMH declares it
  private static void addMemory(Collection<Result> results, Row row) {
    for (Result<?> result : results) {
      if (result.getLabel().endsWith("gc.alloc.rate.norm")) {
        row.add(MEMORY, result.getScore());
      }
    }
  }
}
