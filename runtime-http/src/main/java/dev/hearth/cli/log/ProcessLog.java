package dev.hearth.cli.log;

import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Streams;
import dev.hearth.log.LogSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of a process that the {@code hearth} command owns: SLF4J's provider and, when asked, the
 * replacement of {@link System#out} and {@link System#err}. There is one for a process; install it once,
 * before anything logs.
 */
public final class ProcessLog implements AutoCloseable, Supplier<LogSink> {

  // What SLF4J 2 reads; see the end of install().
  private static final String PROVIDER_PROPERTY = "slf4j.provider";
  private static final String VERBOSITY_PROPERTY = "slf4j.internal.verbosity";

  private static volatile @Nullable ProcessLog installed; // SLF4J makes its provider itself

  private final Sink sink;
  private final Sink outSink; // standard output, for what is written there as it is
  private final Sink errSink; // standard error, likewise
  private final int threshold;
  private final int functionsThreshold;
  private @Nullable Capture out;
  private @Nullable Capture err;
  private @Nullable PrintStream outBefore;
  private @Nullable PrintStream errBefore;

  /** How lines look. */
  public enum Format {
    /** One JSON object a line. */
    JSON,
    /** For people. */
    TEXT
  }

  /**
   * @param isOut whether the log goes to standard output, rather than to standard error
   */
  private ProcessLog(
      OutputStream out,
      OutputStream err,
      boolean isOut,
      Layout layout,
      Level least,
      Level leastOfFunctions) {
    this.outSink = new Sink(out, layout);
    this.errSink = new Sink(err, layout);
    this.sink = isOut ? outSink : errSink;
    this.threshold = least.toInt();
    this.functionsThreshold = leastOfFunctions.toInt();
  }

  /**
   * Makes SLF4J log to standard error, and what the JDK offers for logging write to the logs of functions, once it is used.
   *
   * @param least the host's lines below this level are not written
   * @param leastOfFunctions those of functions below this one are not
   */
  public static ProcessLog install(Format format, Level least, Level leastOfFunctions) {
    return install(false, layout(format), least, leastOfFunctions);
  }

  /** Makes SLF4J log to standard error what is wrong, if nothing has been installed before. */
  public static void installMissing() {
    if (installed == null) {
      install(Format.TEXT, Level.WARN, Level.WARN);
    }
  }

  /**
   * Makes SLF4J log to standard output, in the shape that Google Cloud Logging reads there.
   *
   * @param least lines below this level are not written
   */
  public static ProcessLog install(CloudFields fields, Level least) {
    return install(true, new CloudLayout(fields), least, least);
  }

  private static Layout layout(Format format) {
    return format == Format.JSON ? new JsonLayout() : new TextLayout();
  }

  private static ProcessLog install(
      boolean isOut, Layout layout, Level least, Level leastOfFunctions) {
    ProcessLog log =
        new ProcessLog(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            isOut,
            layout,
            least,
            leastOfFunctions);
    installed = log;
    claimJdkLogging();
    System.setProperty(PROVIDER_PROPERTY, LogProvider.class.getName());
    System.setProperty(VERBOSITY_PROPERTY, "WARN");
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      // A function that brings its own SLF4J would look for our provider by these.
      System.clearProperty(PROVIDER_PROPERTY);
      System.clearProperty(VERBOSITY_PROPERTY);
    }
    return log;
  }

  /**
   * Names our manager of {@code java.util.logging}, unless the user has made arrangements. No class of either is loaded by that. {@link
   * System.Logger} finds its way by a service that is in the distribution's launcher jar, so that no embedder has it.
   */
  private static void claimJdkLogging() {
    if (System.getProperty("java.util.logging.manager") == null
        && System.getProperty("java.util.logging.config.file") == null
        && System.getProperty("java.util.logging.config.class") == null) {
      System.setProperty("java.util.logging.manager", "dev.hearth.log.jdk.FunctionLogManager");
    }
  }

  /** A log apart from the process's, which captures nothing until asked; for tests. */
  static ProcessLog to(OutputStream to, Format format, Level least) {
    return to(to, layout(format), least);
  }

  static ProcessLog to(OutputStream to, Layout layout, Level least) {
    return to(OutputStream.nullOutputStream(), to, layout, least);
  }

  /** The same with a standard output of its own. */
  static ProcessLog to(OutputStream out, OutputStream err, Format format, Level least) {
    return to(out, err, layout(format), least);
  }

  private static ProcessLog to(OutputStream out, OutputStream err, Layout layout, Level least) {
    return new ProcessLog(out, err, false, layout, least, least);
  }

  static @Nullable ProcessLog installed() {
    return installed;
  }

  /** Replaces {@link System#out} and {@link System#err} until {@link #close}. */
  public void captureOutput(Printed printed) {
    boolean raw = printed == Printed.RAW || printed == Printed.RAW_TO_ERROR;
    outBefore = System.out;
    errBefore = System.err;
    out = new Capture(printedSink(printed, outSink), "out", raw);
    err = new Capture(printedSink(printed, errSink), "err", raw);
    System.setOut(out);
    System.setErr(err);
  }

  private Sink printedSink(Printed printed, Sink own) {
    return switch (printed) {
      case LOGGED -> sink;
      case RAW -> own;
      case RAW_TO_ERROR -> errSink;
      case STAMPED -> own.with(new StampLayout());
    };
  }

  /**
   * Has a function's lines left out, and counted, that are more than this many bytes a second; before {@link #captureOutput}. What is
   * printed as it is, for platforms that read it themselves, is not limited.
   */
  public ProcessLog limitFunctions(long bytesPerSecond) {
    LineBudgets each = new LineBudgets(bytesPerSecond);
    outSink.limitBy(each);
    errSink.limitBy(each);
    return this;
  }

  /** The streams themselves; to be asked for after {@link #captureOutput}, if at all. */
  public Streams streams() {
    return new ProcessStreams(outSink, errSink, out, err);
  }

  /** Where lines of functions go. */
  @Override
  public LogSink get() {
    return FunctionLines.to(sink, functionsThreshold);
  }

  /**
   * Has {@link System#out} and {@link System#err} write what is printed as it is: at once, in UTF-8, whatever the process's language.
   *
   * @param printed says whether all of it goes to standard error
   */
  public void plainOutput(Printed printed) {
    boolean toError = printed == Printed.RAW_TO_ERROR;
    System.setOut(plain(toError ? FileDescriptor.err : FileDescriptor.out));
    System.setErr(plain(FileDescriptor.err));
  }

  private static PrintStream plain(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), false, StandardCharsets.UTF_8);
  }

  Sink sink() {
    return sink;
  }

  int threshold() {
    return threshold;
  }

  /** Writes unfinished lines and gives the streams back. */
  @Override
  public void close() {
    if (out != null && err != null && outBefore != null && errBefore != null) {
      System.setOut(outBefore);
      System.setErr(errBefore);
      out.finish();
      err.finish();
    }
  }
}
