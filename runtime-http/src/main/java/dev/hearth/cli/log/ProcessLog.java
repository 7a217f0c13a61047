package dev.hearth.cli.log;

import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Streams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of a process that the {@code hearth} command owns: SLF4J's provider and, when asked, the
 * replacement of {@link System#out} and {@link System#err}. There is one for a process; install it once,
 * before anything logs.
 */
public final class ProcessLog implements AutoCloseable {

  // What SLF4J 2 reads; see the end of install().
  private static final String PROVIDER_PROPERTY = "slf4j.provider";
  private static final String VERBOSITY_PROPERTY = "slf4j.internal.verbosity";

  private static volatile @Nullable ProcessLog installed; // SLF4J makes its provider itself

  private final Sink sink;
  private final Sink outSink; // standard output, for what is written there as it is
  private final int threshold;
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

  private ProcessLog(OutputStream out, OutputStream err, Format format, Level least) {
    Layout layout = format == Format.JSON ? new JsonLayout() : new TextLayout();
    this.sink = new Sink(err, layout);
    this.outSink = new Sink(out, layout);
    this.threshold = least.toInt();
  }

  /**
   * Makes SLF4J log to standard error.
   *
   * @param least lines below this level are not written
   */
  public static ProcessLog install(Format format, Level least) {
    ProcessLog log =
        new ProcessLog(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            format,
            least);
    installed = log;
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

  /** A log apart from the process's, which captures nothing until asked; for tests. */
  static ProcessLog to(OutputStream to, Format format, Level least) {
    return to(OutputStream.nullOutputStream(), to, format, least);
  }

  /** The same with a standard output of its own. */
  static ProcessLog to(OutputStream out, OutputStream err, Format format, Level least) {
    return new ProcessLog(out, err, format, least);
  }

  static @Nullable ProcessLog installed() {
    return installed;
  }

  /** Replaces {@link System#out} and {@link System#err} until {@link #close}. */
  public void captureOutput(Printed printed) {
    boolean raw = printed == Printed.RAW;
    outBefore = System.out;
    errBefore = System.err;
    out = new Capture(raw ? outSink : sink, "out", raw);
    err = new Capture(sink, "err", raw);
    System.setOut(out);
    System.setErr(err);
  }

  /** The streams themselves; to be asked for after {@link #captureOutput}, if at all. */
  public Streams streams() {
    return new ProcessStreams(outSink, sink, out, err);
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
