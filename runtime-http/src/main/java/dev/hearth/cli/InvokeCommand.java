package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Timings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "invoke",
    mixinStandardHelpOptions = true,
    customSynopsis =
        "hearth invoke ARCHIVE [--handler=H] [--data=TEXT|@FILE] [--content-type=T] [-v]",
    description =
        "Loads a function, calls it once and writes its result to standard output. What the function prints"
            + " goes to standard error.",
    footer = {
      "",
      "Examples:",
      "  hearth invoke hello.jar --data world",
      "  hearth invoke hello.jar --data '{\"name\": \"x\"}'       sent as application/json",
      "  hearth invoke resize.jar --data @cat.png --content-type image/png > small.png",
      "  hearth invoke hello.jar --handler com.acme.Hello::greet -v",
      "",
      "Exit codes: 0 the function returned; 1 it failed or cannot be served; 2 wrong usage.",
    })
final class InvokeCommand implements Callable<Integer> {

  // Not required to picocli, which would miss it before it sees an unknown option.
  @Parameters(arity = "0..1", paramLabel = "ARCHIVE", description = "Jar, zip or directory.")
  private @Nullable Path archive;

  @Option(
      names = "--handler",
      paramLabel = "H",
      description = "pkg.Class or pkg.Class::method. By default the archive tells.")
  private @Nullable String handler;

  @Option(
      names = "--data",
      paramLabel = "TEXT|@FILE",
      description = "What to send; nothing by default.")
  private @Nullable String data;

  @Option(
      names = "--content-type",
      paramLabel = "T",
      description =
          "What it is. Default: application/json if it begins like JSON, else text/plain.")
  private @Nullable String contentType;

  @Option(names = "--event", paramLabel = "NAME", description = "Not available yet.")
  private @Nullable String event;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print timings, and the function's stack trace if it fails.")
  private boolean verbose;

  @Override
  public Integer call() {
    if (event != null) {
      throw new UsageException(
          "--event " + event + ": sample events are not available yet; give the event with --data");
    }
    Path file = ArchiveArgument.require(archive);
    byte[] body = DataArgument.read(data);
    ProcessLog log = LogSettings.installQuiet(System.getenv());
    System.setOut(System.err); // standard output is for the result alone
    String type = contentType != null ? contentType : typeOf(body);
    String name = RunPlanner.nameOf(file);
    long begin = System.nanoTime();
    try (Hearth host = host(log)) {
      FunctionHandle function =
          host.deploy(
              Hearth.isName(name) ? name : "function",
              FunctionSpec.builder(file).handler(handler).build());
      long deployed = System.nanoTime();
      OneCall call = new OneCall(body, type);
      function.dispatch(call);
      return report(call, function, deployed - begin);
    }
  }

  private static Hearth host(ProcessLog log) {
    Path provided = Installation.providedApis();
    Hearth.Builder builder = Hearth.builder().log(log);
    return (provided == null ? builder : builder.providedApis(provided)).build();
  }

  /** JSON if it begins like an object or an array. */
  static String typeOf(byte[] body) {
    for (byte b : body) {
      if (b == '{' || b == '[') {
        return "application/json";
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        break;
      }
    }
    return "text/plain; charset=utf-8";
  }

  private int report(OneCall call, FunctionHandle function, long deployNanos) {
    Outcome<?> outcome = await(call);
    if (verbose) {
      System.err.println(timings(function, deployNanos, outcome.timings()));
    }
    if (outcome instanceof Outcome.Returned) {
      Reply<byte[]> reply = call.reply();
      if (verbose) {
        System.err.println("status " + reply.status());
      }
      write(requireNonNull(reply.body()));
      return ExitCode.OK;
    }
    explain(function.name(), outcome);
    return ExitCode.FAILED;
  }

  private static Outcome<?> await(OneCall call) {
    try {
      return call.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is never exceptional", e);
    }
  }

  private static String timings(FunctionHandle function, long deployNanos, Timings timings) {
    return "deployed "
        + function.handler()
        + " ("
        + function.signature()
        + ") in "
        + micros(deployNanos)
        + "; queue "
        + micros(timings.queueNanos())
        + ", init "
        + micros(timings.initNanos())
        + ", run "
        + micros(timings.runNanos());
  }

  private static String micros(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    return micros < 10_000 ? micros + " µs" : micros / 1000 + " ms";
  }

  private static void write(byte[] result) {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(result);
    } catch (IOException e) {
      throw new UsageException("the result cannot be written to standard output: " + e, e);
    }
  }

  private void explain(String function, Outcome<?> outcome) {
    PrintStream err = System.err;
    String subject = "hearth: function '" + function + "' ";
    if (outcome instanceof Outcome.Threw<?> threw) {
      err.println(subject + "threw " + threw.cause());
      if (verbose) {
        UserTrace.print(threw.cause(), err);
      }
    } else if (outcome instanceof Outcome.Refused<?> refused) {
      err.println(subject + "does not take this input: " + refused.cause().getMessage());
    } else if (outcome instanceof Outcome.TimedOut<?> late) {
      err.println(
          subject
              + "gave no result within "
              + late.limit().toMillis()
              + " ms, in phase "
              + late.phase());
    } else if (outcome instanceof Outcome.Rejected<?> rejected) {
      err.println("hearth: " + rejected.reason());
    } else {
      err.println(subject + "was cancelled");
    }
  }
}
