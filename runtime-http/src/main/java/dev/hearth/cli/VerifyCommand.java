package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.cli.verify.ClassScan;
import dev.hearth.cli.verify.Reason;
import dev.hearth.cli.verify.Risk;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        "Reports what would be served, without running it: layout, handler, signature and why, missing classes, risks."
            + " It reads class files; what code does by reflection it does not see.",
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
      ClassScan scan = new ClassScan(loader);
      List<HandlerName> handlers = HandlerName.parseAll(bound.handler());
      for (HandlerName name : handlers) {
        scan.follow(name.className());
      }
      out.println("handler    " + bound.handler());
      out.println("chosen     " + choice(stored, bound.handler()));
      out.println("signature  " + bound.signature());
      for (HandlerName name : handlers) {
        out.println("because    " + new Reason(scan).of(name, bound.signature()));
      }
      report(scan, handlers, out);
      out.println("verdict    can be served");
      return ExitCode.OK;
    } catch (DeployException e) {
      out.println("verdict    cannot be served");
      throw e;
    }
  }

  /** Who said that this is the handler; the order is that of the search itself. */
  private String choice(StoredArchive stored, String bound) {
    if (handler != null && !handler.isBlank()) {
      return "by --handler";
    }
    String declared = stored.manifest().get("function-class");
    if (declared != null && !declared.isBlank()) {
      return "by Function-Class of its manifest";
    }
    String main = stored.manifest().get("main-class");
    return main != null && main.strip().equals(bound)
        ? "by Main-Class of its manifest"
        : "as the only class of the archive with a known signature";
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

  private void report(ClassScan scan, List<HandlerName> handlers, PrintStream out) {
    int jdk = Runtime.version().feature();
    out.println(
        "classes    "
            + scan.classes()
            + " reached from the handler"
            + (scan.isCutShort() ? " (the limit; not all were looked at)" : "")
            + ", compiled for Java "
            + scan.release()
            + " at most; this is JDK "
            + jdk);
    if (scan.release() > jdk) {
      out.println("risk       some classes need JDK " + scan.release() + " or newer");
    }
    list("missing", missing(scan), out);
    list("broken", broken(scan), out);
    for (List<String> ofOneKind : risks(scan, handlers)) {
      list("risk", ofOneKind, out);
    }
  }

  private static List<String> missing(ClassScan scan) {
    List<String> lines = new ArrayList<>();
    scan.missing()
        .forEach(
            (name, by) -> lines.add(name + ", named by " + by + " (fails only where it is used)"));
    return lines;
  }

  private static List<String> broken(ClassScan scan) {
    List<String> lines = new ArrayList<>();
    scan.unreadable()
        .forEach((name, why) -> lines.add(name + ": " + why + " (fails only where it is used)"));
    return lines;
  }

  private static Collection<List<String>> risks(ClassScan scan, List<HandlerName> handlers) {
    Map<Risk, List<String>> lines = new EnumMap<>(Risk.class);
    List<String> classes = handlers.stream().map(HandlerName::className).distinct().toList();
    for (Risk.Found found : scan.risks(classes)) {
      lines
          .computeIfAbsent(found.risk(), risk -> new ArrayList<>())
          .add(found.where() + " " + found.what() + " (" + found.risk().meaning() + ")");
    }
    return lines.values();
  }

  private void list(String label, List<String> lines, PrintStream out) {
    String padded = label + " ".repeat(11 - label.length());
    List<String> shown = lines.stream().limit(verbose ? Long.MAX_VALUE : LISTED).toList();
    for (String line : shown) {
      out.println(padded + line);
    }
    if (lines.size() > shown.size()) {
      out.println(padded + "and " + (lines.size() - shown.size()) + " more; -v lists all");
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
