package dev.hearth.cli;

import dev.hearth.cli.train.Event;
import dev.hearth.cli.train.JvmCache;
import dev.hearth.cli.train.SampleArchive;
import dev.hearth.cli.train.SampleFunction;
import dev.hearth.cli.train.Trainer;
import dev.hearth.cli.train.Trainer.Gain;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    customSynopsis =
        "hearth train [ARCHIVE…] [--handler=H] [--flat] [--config=FILE] [--data=TEXT|@FILE] [-o FILE]",
    description =
        "Writes the JVM's cache of classes for faster starts: serves the function, calls it, and has the JVM write down what it loaded;"
            + " then measures the gain. Without an archive the cache is for Hearth alone.",
    footer = {
      "",
      "Examples:",
      "  hearth train                                    the distribution's own, after it was moved",
      "  hearth train hello.jar --data world             for this function, in the distribution's place",
      "  hearth train hello.jar -o hello.cache           used with HEARTH_CACHE=hello.cache hearth run hello.jar",
      "  hearth train hello.jar --flat -o hello.cache    the same with the function's own classes: hearth run --flat hello.jar",
      "",
      "Exit codes: 0 written; 1 the function cannot be served or failed, or nothing was written; 2 wrong usage.",
    })
final class TrainCommand implements Callable<Integer> {

  private static final double MILLI = 1e6;
  private static final int MEBI = 1 << 20;

  @Parameters(arity = "0..*", paramLabel = "ARCHIVE", description = "Jar, zip or directory.")
  private List<Path> archives = new ArrayList<>();

  @Option(
      names = "--handler",
      paramLabel = "H",
      description = "pkg.Class or pkg.Class::method. By default the archive tells.")
  private @Nullable String handler;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A hearth.yaml with one function and its limits, whose classes the cache then has as well.")
  private @Nullable Path config;

  @Option(
      names = "--flat",
      description =
          "Put the one jar on the class path, so that its classes are in the cache: for hearth run --flat.")
  private boolean flat;

  @Option(
      names = "--data",
      paramLabel = "TEXT|@FILE",
      description = "What the function is sent; nothing by default.")
  private @Nullable String data;

  @Option(
      names = "--content-type",
      paramLabel = "T",
      description =
          "What it is. Default: application/json if it begins like JSON, else text/plain.")
  private @Nullable String contentType;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to. Default: where the launcher looks, below lib/cache.")
  private @Nullable Path output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Starts to measure with, and as many without the cache; 0 for none.")
  private int rounds;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show stack traces of errors.")
  @SuppressWarnings("UnusedVariable") // Commands asks picocli for it
  private boolean verbose;

  @Override
  public Integer call() {
    if (rounds < 0) {
      throw new UsageException("--rounds is " + rounds + "; it must be 0 or more");
    }
    if (archives.size() > 1 && handler != null) {
      throw new UsageException("--handler goes with one archive, and there are " + archives.size());
    }
    if (flat && archives.size() != 1) {
      throw new UsageException("--flat goes with one jar, and there are " + archives.size());
    }
    Path home = Installation.home();
    if (home == null) {
      throw new UsageException("train needs the distribution; start it by bin/hearth");
    }
    archives.forEach(ArchiveArgument::require);
    LogSettings.installQuiet(System.getenv());
    byte[] body =
        DataArgument.read(archives.isEmpty() && config == null && data == null ? "world" : data);
    String type = contentType != null ? contentType : InvokeCommand.typeOf(body);
    Path work = newDirectory();
    try {
      return train(home, new Event(body, type), work);
    } catch (IOException e) {
      System.err.println("hearth: no cache was made: " + e.getMessage());
      return ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } finally {
      delete(work);
    }
  }

  private int train(Path home, Event event, Path work) throws IOException, InterruptedException {
    JvmCache kind = JvmCache.ofThisJdk();
    Path to = output == null ? kind.file(home) : output.toAbsolutePath();
    List<String> arguments = new ArrayList<>();
    for (Path archive : archives) {
      arguments.add(archive.toAbsolutePath().toString());
    }
    if (config != null) {
      arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
    } else if (archives.isEmpty()) {
      arguments.add(sample(work).toString());
    }
    if (handler != null) {
      arguments.addAll(List.of("--handler", handler));
    }
    if (flat) {
      arguments.add(RunOption.FLAT.flag());
    }
    Trainer trainer = new Trainer(home, arguments, event, work);
    trainer.write(kind, to);
    PrintStream out = System.out;
    out.println("wrote " + to + ", " + Files.size(to) / MEBI + " MiB");
    if (rounds > 0) {
      report(trainer.measure(to, rounds), out);
    }
    return ExitCode.OK;
  }

  private void report(Gain gain, PrintStream out) {
    out.println(
        gain.cachedClasses()
            + " of "
            + gain.classes()
            + " classes come from it and the JDK's own archive");
    out.println(
        "first answer after "
            + millis(gain.withNanos())
            + " ms instead of "
            + millis(gain.withoutNanos())
            + " ms, medians of "
            + rounds);
  }

  private static long millis(long nanos) {
    return Math.round(nanos / MILLI);
  }

  private static Path sample(Path work) throws IOException {
    Path jar = work.resolve("sample.jar");
    SampleArchive.write(jar, SampleFunction.class);
    return jar;
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("hearth-train");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory can be made", e);
    }
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(directory, new Deleting());
    } catch (IOException e) {
      // It is the system's to clean up.
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
