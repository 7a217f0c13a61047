package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How fast is Hearth's distribution, from process start to a loaded server, beside its peers and bare Netty?
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
    Results results = new Results();
    for (Path file : settings.from) {
      results.addAll(ResultsFile.read(file));
    }
    try (FunctionJars jars = FunctionJars.create()) {
      for (Path jdk : settings.jdks) {
        new Run(settings, jdk, jars, results).measure();
      }
    }
    write(settings, results);
  }

  private static void write(Settings settings, Results results) throws IOException {
    if (settings.json != null) {
      ResultsFile.write(results, settings.json);
    }
    if (settings.markdown == null) {
      System.out.println(new Report(results, "").markdown());
      return;
    }
    Path charts = settings.markdown.resolveSibling("performance");
    Files.createDirectories(charts);
    Charts.write(results, charts);
    Files.writeString(settings.markdown, new Report(results, "performance/").markdown());
  }
}
