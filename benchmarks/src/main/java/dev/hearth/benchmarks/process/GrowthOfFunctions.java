package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/** What further functions, and versions of one function, cost a running host. Each has an archive of its own. */
final class GrowthOfFunctions {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int CALLERS = 8;

  private final Path distribution;
  private final Path javaHome;
  private final FunctionJars jars;

  GrowthOfFunctions(Path distribution, Path javaHome, FunctionJars jars) {
    this.distribution = distribution;
    this.javaHome = javaHome;
    this.jars = jars;
  }

  /**
   * Functions in one process, each called before memory is looked at.
   *
   * @param rounds processes
   */
  List<Row> functions(List<Integer> steps, int rounds) throws IOException, InterruptedException {
    List<Row> rows = Growth.rows(steps);
    Contender host =
        Contenders.launched("hearth", distribution, javaHome, "--contract", "native")
            .variable("HEARTH_JVM_OPTS", "-Xmx96m");
    for (int round = 0; round < rounds; round++) {
      try (RunningServer server = RunningServer.start(host, LIFE)) {
        grow(server, steps, rows, true);
      }
    }
    return rows;
  }

  /** Versions of one function that are all kept warm. */
  List<Row> versions(List<Integer> steps, int rounds) throws IOException, InterruptedException {
    List<Row> rows = Growth.rows(steps);
    Contender host =
        Contenders.launched(
            "hearth", distribution, javaHome, "--contract", "native", "--keep-versions", "10");
    for (int round = 0; round < rounds; round++) {
      try (RunningServer server = RunningServer.start(host, LIFE)) {
        grow(server, steps, rows, false);
      }
    }
    return rows;
  }

  private void grow(RunningServer server, List<Integer> steps, List<Row> rows, boolean named)
      throws IOException, InterruptedException {
    List<byte[]> calls = new ArrayList<>();
    double millis = 0;
    double first = 0;
    int deployed = 0;
    try (Wire admin = Wire.to(server.adminPort());
        Wire wire = server.connect()) {
      for (int i = 0; i < steps.size(); i++) {
        Samples times = new Samples();
        for (; deployed < steps.get(i); deployed++) {
          String name = named ? "f" + deployed : "f";
          times.add(deploy(admin, wire, name, archive(deployed)));
          if (named || calls.isEmpty()) {
            calls.add(Wire.post("/" + name, "text/plain", Call.HELLO.event()));
          }
          millis += times.last();
        }
        JvmMemory memory = JvmMemory.of(javaHome, server.pid());
        first = i == 0 ? memory.mebibytes() : first;
        double resident = server.residentMebibytes();
        Row row = rows.get(i);
        row.add("deploy and first answer, ms", times.median());
        row.add("the same in all, ms", millis);
        row.add("heap and metaspace, MiB", memory.mebibytes());
        row.add(ColdStart.MEMORY, resident);
        if (steps.get(i) > steps.get(0)) {
          double each = (memory.mebibytes() - first) * 1024 / (steps.get(i) - steps.get(0));
          row.add(named ? Growth.RETAINED : "retained per version, KB", each);
        }
        LoadGenerator.Result load =
            LoadGenerator.run(
                server.address(), calls, Call.HELLO.answer(), CALLERS, WINDOW.dividedBy(2), WINDOW);
        row.add("p99, µs", load.micros().get(LoadGenerator.SHARES.indexOf(0.99)));
      }
    }
  }

  private double deploy(Wire admin, Wire wire, String name, Path archive) throws IOException {
    String body =
        "{\"archive\":\"%s\",\"handler\":\"%s\"}".formatted(archive, jars.hello().handler());
    long start = System.nanoTime();
    admin.exchange(Wire.request("PUT", "/functions/" + name, "application/json", "", body));
    wire.exchange(Wire.post("/" + name, "text/plain", Call.HELLO.event()));
    return (System.nanoTime() - start) / 1e6;
  }

  /** The function's jar with an entry that no other has. */
  private Path archive(int number) throws IOException {
    Path archive = jars.directory().resolve("hello-" + number + ".jar");
    if (Files.exists(archive)) {
      return archive;
    }
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jars.hello().jar()));
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(archive))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        in.transferTo(out);
      }
      out.putNextEntry(new JarEntry("number/" + number));
    }
    return archive;
  }
}
