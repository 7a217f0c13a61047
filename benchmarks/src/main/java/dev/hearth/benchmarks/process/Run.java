package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is measured with one JDK. A part that fails is a table with the reason; the others go on. */
final class Run {

  private static final String HEARTH = "hearth";

  private final Settings settings;
  private final Path javaHome;
  private final String jdk;
  private final int feature;
  private final FunctionJars jars;
  private final Peers peers;
  private final Results results;
  private final Path ownJar;
  private final String classPath;

  Run(Settings settings, Path javaHome, FunctionJars jars, Results results) throws IOException {
    this.settings = settings;
    this.javaHome = javaHome;
    jdk = Machine.jdk(javaHome);
    feature = Machine.feature(jdk);
    this.jars = jars;
    peers = new Peers(settings.peers);
    this.results = results;
    ownJar = OwnJar.write(jars.directory());
    classPath = OwnJar.classPath(ownJar);
  }

  /** A part of a run. */
  private interface Part {
    void measure(Machine machine) throws IOException, InterruptedException;
  }

  void measure() throws InterruptedException, IOException {
    if (settings.measures()) {
      Training.distribution(settings.hearth, javaHome);
    }
    part("cold", this::cold);
    part("functions", this::functions);
    part("specialise", this::specialise);
    part("warm", this::warm);
    part("growth", this::growth);
    part("jmh", machine -> Suites.measure(settings.quick, javaHome, jdk, machine, results));
  }

  private void part(String name, Part part) throws InterruptedException, IOException {
    if (!settings.has(name)) {
      return;
    }
    System.err.println("measuring " + name + ", JDK " + jdk);
    long start = System.nanoTime();
    Machine machine = Machine.here();
    try {
      part.measure(machine);
    } catch (IOException e) {
      add(
          machine,
          name,
          "Not measured: " + name,
          "",
          List.of(Row.failed(HEARTH, Failures.shortly(e))));
    }
    System.err.println(
        "measured " + name + " in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    if (settings.json != null) {
      ResultsFile.write(results, settings.json);
    }
  }

  private void add(Machine machine, String name, String title, String base, List<Row> rows) {
    results.add(new Results.Table(name, title, jdk, base, machine, rows));
  }

  private Contender hearth(Deployed function) {
    return Contenders.hearth(HEARTH, settings.hearth, javaHome, function);
  }

  private void cold(Machine machine) throws IOException, InterruptedException {
    Contender tuned = Contenders.tuned(javaHome, classPath);
    Field field = new Field();
    field.add(hearth(jars.hello()));
    field.add(Contenders.plain(settings.hearth, javaHome, jars.hello()));
    field.add(Contenders.netty(javaHome, classPath));
    field.add(tuned);
    field.best(tuned);
    field.best(Contenders.jdk(javaHome, classPath));
    for (String peer : Peers.names()) {
      if (!settings.quick || !left(peer)) {
        field.peer(peer);
      }
    }
    List<Row> rows = ColdStart.measure(field.contenders, settings.n);
    rows.get(0).flags(launched());
    rows.addAll(field.failed);
    add(machine, "cold", "Cold start", tuned.name() + Archive.BEST, rows);
  }

  /** The options that the launcher gives the JVM. */
  private String launched() throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(hearth(jars.hello()), Duration.ofMinutes(1));
        Line line = server.open()) {
      line.call();
      return String.join(" ", server.jvmOptions());
    }
  }

  /** Whether a quick run has no time for it. */
  private static boolean left(String peer) {
    return slow(peer) || peer.equals(Peers.FN_TEXT) || peer.equals(Peers.LAMBDA_STREAM);
  }

  /** Whether it takes seconds to start, so that starts without an archive would take minutes. */
  private static boolean slow(String peer) {
    return peer.equals(Peers.SPRING) || peer.equals(Peers.FUNQY);
  }

  /** Contenders of one table, and those that could not be had. */
  private final class Field {
    final List<Contender> contenders = new ArrayList<>();
    final List<Row> failed = new ArrayList<>();

    void add(Contender contender) {
      contenders.add(contender);
    }

    void best(Contender contender) throws InterruptedException {
      try {
        contenders.add(Archive.best(contender, feature, jars.directory()));
      } catch (IOException e) {
        failed.add(Row.failed(contender.name() + Archive.BEST, Failures.shortly(e)));
      }
    }

    void peer(String name) throws IOException, InterruptedException {
      String missing = peers.missing(name);
      if (missing != null) {
        failed.add(Row.failed(name, missing));
        return;
      }
      Contender contender = peers.contender(name, javaHome);
      if (name.equals(Peers.FRAMEWORK) || (!settings.quick && !slow(name))) {
        contenders.add(contender);
      }
      best(contender);
    }
  }

  private void functions(Machine machine) throws IOException, InterruptedException {
    List<Contender> cold = new ArrayList<>();
    List<Contender> warm = new ArrayList<>();
    List<Row> failed = new ArrayList<>();
    for (Deployed function :
        List.of(jars.hello(), jars.records(), jars.megabyte(), jars.fiftyClasses())) {
      Contender contender = hearth(function).named(FunctionNames.of(function));
      cold.add(contender);
      warm.add(contender);
    }
    try {
      Path cache = Training.train(settings.hearth, javaHome, jars.records(), jars.directory());
      cold.add(
          hearth(jars.records())
              .named(FunctionNames.TRAINED)
              .variable("HEARTH_CACHE", cache.toString()));
    } catch (IOException e) {
      failed.add(Row.failed(FunctionNames.TRAINED, Failures.shortly(e)));
    }
    try {
      cold.add(flat());
    } catch (IOException e) {
      failed.add(Row.failed(FunctionNames.FLAT, Failures.shortly(e)));
    }
    List<Row> rows = ColdStart.measure(cold, Math.max(settings.n / (settings.quick ? 2 : 1), 1));
    rows.addAll(failed);
    add(
        machine,
        "functions",
        "Cold start of other functions, as shipped",
        FunctionNames.RECORDS,
        rows);
    Warm.Length length =
        settings.quick
            ? new Warm.Length(1, 2, Duration.ofSeconds(2), Duration.ofMillis(700))
            : new Warm.Length(2, 3, Duration.ofSeconds(4), Duration.ofMillis(1200));
    List<Warm.Phase> phases = settings.quick ? List.of(Warm.MANY) : List.of(Warm.MANY, Warm.ONE);
    add(
        machine,
        "functions-warm",
        "Warm, other functions",
        FunctionNames.of(jars.hello()),
        Warm.measure(warm, length, phases));
  }

  private Contender flat() throws IOException, InterruptedException {
    if (!Training.knows(settings.hearth, javaHome, "--flat")) {
      throw new IOException("this distribution has no flat mode");
    }
    Path cache =
        Training.train(settings.hearth, javaHome, jars.records(), jars.directory(), "--flat");
    return hearth(jars.records())
        .named(FunctionNames.FLAT)
        .variable("HEARTH_CACHE", cache.toString())
        .variable("HEARTH_FLAT", "true");
  }

  private void specialise(Machine machine) throws IOException, InterruptedException {
    List<Generic> generics = new ArrayList<>();
    List<Row> failed = new ArrayList<>();
    generics.add(Specialise.hearth(settings.hearth, javaHome, jars.hello()));
    Path sources = settings.openWhisk;
    String unfit = OpenWhisk.unfit(feature);
    if (sources == null || !unfit.isEmpty()) {
      String reason = sources == null ? "not measured: sources not given (--openwhisk DIR)" : unfit;
      failed.add(Row.failed(OpenWhisk.NAME + Archive.BEST, reason));
    } else {
      try {
        Generic plain = OpenWhisk.build(sources, gson(), jars.directory(), javaHome);
        generics.add(plain);
        generics.add(
            plain.with(
                Archive.best(plain.contender(), feature, jars.directory(), plain::exercise)));
      } catch (IOException e) {
        failed.add(Row.failed(OpenWhisk.NAME + Archive.BEST, Failures.shortly(e)));
      }
    }
    List<Row> rows = Specialise.measure(generics, settings.n);
    rows.addAll(failed);
    add(machine, "specialise", "Specialise: an idle process is given its function", "", rows);
  }

  private Path gson() throws IOException {
    try (Stream<Path> files = Files.list(settings.hearth.resolve("lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("gson-"))
          .findFirst()
          .orElseThrow(() -> new IOException("no Gson in the distribution's lib"));
    }
  }

  private void warm(Machine machine) throws IOException, InterruptedException {
    Contender loop = eventLoop();
    List<Contender> first = new ArrayList<>();
    first.add(hearth(jars.hello()));
    first.add(loop);
    first.add(Contenders.netty(javaHome, classPath));
    List<Row> failed = new ArrayList<>();
    List<Contender> others = new ArrayList<>(List.of(Contenders.jdk(javaHome, classPath)));
    for (String peer : Peers.names()) {
      String missing = peers.missing(peer);
      if (missing != null) {
        failed.add(Row.failed(peer, missing));
      } else if (peer.equals(Peers.FRAMEWORK)) {
        first.add(peers.contender(peer, javaHome));
      } else {
        others.add(peers.contender(peer, javaHome));
      }
    }
    Warm.Length length =
        settings.quick
            ? new Warm.Length(1, 3, Duration.ofSeconds(3), Duration.ofMillis(800))
            : new Warm.Length(5, 2, Duration.ofSeconds(4), Duration.ofMillis(1500));
    List<Warm.Phase> phases = new ArrayList<>(List.of(Warm.MANY, Warm.ONE));
    if (Pinning.possible()) {
      phases.add(Warm.PINNED);
    }
    List<Row> rows = Warm.measure(first, length, phases);
    rows.addAll(failed);
    add(machine, "warm", "Warm", "netty", rows);
    if (!settings.quick) {
      transports(machine, loop);
      others.add(0, hearth(jars.hello()));
      Warm.Length shorter = new Warm.Length(1, 3, Duration.ofSeconds(4), Duration.ofMillis(1500));
      List<Row> more = Warm.measure(others, shorter, List.of(Warm.MANY, Warm.ONE));
      add(machine, "warm-peers", "Warm, other peers", HEARTH, more);
    }
  }

  private Contender eventLoop() throws IOException {
    Path configuration = jars.directory().resolve("event-loop.yaml");
    Files.writeString(
        configuration,
        "functions: {hello: {archive: \"%s\", handler: %s, threads: event-loop}}\n"
            .formatted(jars.hello().jar(), jars.hello().handler()));
    return Contenders.configured("hearth, event-loop", settings.hearth, javaHome, configuration);
  }

  private void transports(Machine machine, Contender loop) throws InterruptedException {
    List<Contender> contenders = new ArrayList<>(List.of(loop));
    List<Row> failed = new ArrayList<>();
    for (String transport : List.of(Peers.EPOLL, Peers.IO_URING)) {
      try {
        contenders.add(peers.netty(javaHome, ownJar, transport));
      } catch (IOException e) {
        failed.add(Row.failed("netty, " + transport, Failures.shortly(e)));
      }
    }
    Warm.Length length = new Warm.Length(3, 4, Duration.ofSeconds(4), Duration.ofMillis(1200));
    List<Row> rows = Warm.measure(contenders, length, List.of(Warm.MANY));
    rows.addAll(failed);
    add(machine, "warm-transports", "Warm, beside Netty's native transports", loop.name(), rows);
  }

  /** With the last JDK only: it takes its time, and is about Hearth more than about the JVM. */
  private void growth(Machine machine) throws IOException, InterruptedException {
    if (javaHome.equals(settings.jdks.get(settings.jdks.size() - 1))) {
      for (Results.Table table : new Growth(settings, javaHome, jars).measure(jdk, machine)) {
        results.add(table);
      }
    }
  }
}
