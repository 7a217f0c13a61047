package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.Bound;
import dev.hearth.signature.HandlerName;
import dev.hearth.signature.Signatures;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    customSynopsis = "hearth verify ARCHIVE [--handler=H] [-v]",
    description =
        "Reports what would be served, without running it: layout, handler, signature, missing classes, risks.",
    footer = {
      "",
      "Examples:",
      "  hearth verify hello.jar",
      "  hearth verify hello.jar --handler com.acme.Hello::greet",
      "",
      "Exit codes: 0 it can be served; 1 it cannot; 2 wrong usage.",
    })
final class VerifyCommand implements Callable<Integer> {

  private static final int LISTED = 20;

  // Not required to picocli, which would miss it before it sees an unknown option.
  @Parameters(arity = "0..1", paramLabel = "ARCHIVE", description = "Jar, zip or directory.")
  private @Nullable Path archive;

  @Option(
      names = "--handler",
      paramLabel = "H",
      description = "pkg.Class or pkg.Class::method. By default the archive tells.")
  private @Nullable String handler;

  @Option(
      names = {"-v", "--verbose"},
      description = "List everything, and show stack traces of errors.")
  private boolean verbose;

  @Override
  public Integer call() {
    Path file = ArchiveArgument.require(archive);
    LogSettings.installQuiet(System.getenv());
    Path store = newStore();
    try {
      return verify(ArchiveStore.open(store).add(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory " + store + " cannot be used", e);
    } finally {
      delete(store);
    }
  }

  private static Path newStore() {
    try {
      return Files.createTempDirectory("hearth-verify");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory can be made; set TMPDIR", e);
    }
  }

  private int verify(StoredArchive stored) throws IOException {
    PrintStream out = System.out;
    out.println("archive    " + stored.origin());
    out.println("sha256     " + stored.hash());
    out.println(
        "layout     "
            + (Files.isDirectory(requireNonNull(archive)) ? "directory" : "file")
            + ", class path of "
            + stored.classPath().size()
            + (stored.classPath().size() == 1 ? " jar" : " jars"));
    try (FunctionLoader loader = FunctionLoader.open("verify", stored, provided())) {
      Bound bound = bind(stored, loader);
      out.println("handler    " + bound.handler());
      out.println("signature  " + bound.signature());
      ClassScan scan = new ClassScan(loader);
      for (HandlerName name : HandlerName.parseAll(bound.handler())) {
        scan.follow(name.className());
      }
      report(scan, out);
      out.println("verdict    can be served");
      return ExitCode.OK;
    } catch (DeployException e) {
      out.println("verdict    cannot be served");
      throw e;
    }
  }

  private static ProvidedApis provided() {
    Path provided = Installation.providedApis();
    return provided == null ? ProvidedApis.none() : ProvidedApis.of(provided);
  }

  private Bound bind(StoredArchive stored, FunctionLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return Signatures.standard().bind(stored, loader, handler);
    } catch (LinkageError e) {
      throw new DeployException(
          "archive " + stored.origin() + ": the handler cannot be linked: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void report(ClassScan scan, PrintStream out) {
    int jdk = Runtime.version().feature();
    out.println(
        "classes    "
            + scan.classes
            + " reached from the handler"
            + (scan.cutShort ? " (the limit; not all were looked at)" : "")
            + ", compiled for Java "
            + scan.release
            + " at most; this is JDK "
            + jdk);
    if (scan.release > jdk) {
      out.println("risk       some classes need JDK " + scan.release + " or newer");
    }
    list("missing", scan.missing, "fails only where it is used", out);
    list("broken", scan.unreadable, "fails only where it is used", out);
    list("risk", scan.withNatives, "has native methods; its library loads once per version", out);
  }

  private void list(String label, Collection<String> names, String meaning, PrintStream out) {
    String padded = label + " ".repeat(11 - label.length());
    List<String> shown = names.stream().limit(verbose ? Long.MAX_VALUE : LISTED).toList();
    for (String name : shown) {
      out.println(padded + name + " (" + meaning + ")");
    }
    if (names.size() > shown.size()) {
      out.println(padded + "and " + (names.size() - shown.size()) + " more; -v lists all");
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("hearth: cannot delete " + directory + ": " + e);
    }
  }
}
