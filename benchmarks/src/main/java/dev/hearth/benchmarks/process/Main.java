package dev.hearth.benchmarks.process;

import dev.hearth.benchmarks.FunctionJar;
import dev.hearth.benchmarks.function.Hello;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How fast is Hearth's distribution, from process start to a loaded server, beside a bare Netty server?
 *
 * <pre>benchmarks/run [--quick]</pre>
 */
public final class Main {

  private Main() {}

  /** Measures, reports, and exits with 0, or 2 on bad usage. */
  public static void main(String[] args) throws Exception {
    Settings settings;
    try {
      settings = new Settings(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Settings.USAGE);
      System.exit(2);
      return;
    }
    Results results = new Results(Machine.here());
    Path jar = FunctionJar.of(Hello.class);
    try {
      for (Path jdk : settings.jdks) {
        measure(settings, jdk, jar, results);
      }
      if (settings.has("jmh")) {
        results.addJmh(new Runner(jmh(settings.quick).build()).run());
      }
    } finally {
      FunctionJar.delete(jar);
    }
    write(settings, results);
  }

  private static void measure(Settings settings, Path javaHome, Path jar, Results results)
      throws IOException, InterruptedException {
    String jdk = Machine.jdk(javaHome);
    Contender hearth = Contender.hearth(settings.hearth, javaHome, jar, Hello.class.getName());
    String classPath = System.getProperty("java.class.path");
    Contender netty = Contender.netty(javaHome, classPath);
    if (settings.has("cold")) {
      progress("cold start", jdk);
      results.options().put(jdk, Scenarios.jvmOptions(hearth));
      cold(settings, javaHome, jar, List.of(hearth, netty), results);
    }
    if (settings.has("specialise")) {
      progress("specialise", jdk);
      Contender generic = Contender.generic(settings.hearth, javaHome);
      results.add(
          new Results.Table(
              "specialise",
              "Specialise: an idle process is given its function",
              jdk,
              List.of(Scenarios.specialise(generic, jar, settings.n))));
    }
    if (settings.has("warm")) {
      progress("warm", jdk);
      Duration warmup = Duration.ofSeconds(settings.quick ? 2 : 5);
      Duration measured = Duration.ofSeconds(settings.quick ? 3 : 10);
      Path configuration = Files.createTempFile("event-loop", ".yaml");
      try {
        Files.writeString(
            configuration,
            "functions: {hello: {archive: \"%s\", handler: %s, threads: event-loop}}\n"
                .formatted(jar, Hello.class.getName()));
        List<Contender> contenders =
            List.of(hearth, Contender.eventLoop(settings.hearth, javaHome, configuration), netty);
        results.add(
            new Results.Table(
                "warm",
                "Warm",
                jdk,
                Scenarios.warm(contenders, settings.quick ? 3 : 5, warmup, measured)));
      } finally {
        Files.delete(configuration);
      }
    }
  }

  /** All in the same rounds; a table for what is shipped, and one for the JVM's own defaults. */
  private static void cold(
      Settings settings, Path javaHome, Path jar, List<Contender> shipped, Results results)
      throws IOException, InterruptedException {
    String jdk = Machine.jdk(javaHome);
    String classPath = System.getProperty("java.class.path");
    int feature = Integer.parseInt(jdk.replaceAll("\\D.*", ""));
    try (TunedArchive archive = TunedArchive.make(javaHome, feature, classPath, Scenarios.CALL)) {
      List<Contender> all = new ArrayList<>(shipped);
      all.add(archive.contender());
      all.add(Contender.plain(settings.hearth, javaHome, jar, Hello.class.getName()));
      all.add(Contender.tuned(javaHome, classPath));
      List<Row> rows = Scenarios.coldStart(all, settings.n);
      results.add(new Results.Table("cold", "Cold start, as shipped", jdk, rows.subList(0, 3)));
      results.add(
          new Results.Table(
              "cold-plain", "Cold start, no flags and no archive", jdk, rows.subList(3, 5)));
    }
  }

  private static ChainedOptionsBuilder jmh(boolean quick) {
    ChainedOptionsBuilder options = new OptionsBuilder().include("dev\\.hearth\\.benchmarks\\.");
    if (quick) {
      options
          .forks(2)
          .warmupIterations(3)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(3)
          .measurementTime(TimeValue.seconds(1));
    }
    return options;
  }

  private static void write(Settings settings, Results results) throws IOException {
    if (settings.json != null) {
      Files.writeString(settings.json, Report.json(results));
    }
    if (settings.markdown == null) {
      System.out.println(Report.markdown(results));
    } else {
      Files.writeString(settings.markdown, Report.markdown(results));
    }
  }

  private static void progress(String part, String jdk) {
    System.err.println("measuring " + part + ", JDK " + jdk);
  }
}
