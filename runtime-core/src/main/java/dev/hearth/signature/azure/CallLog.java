package dev.hearth.signature.azure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of one call: kept for the envelope that answers it, or printed as it comes. Thread-safe.
 *
 * <p>What is kept for an answer that does not come is printed; so is what comes after the answer, or is more than an answer should carry.
 */
final class CallLog {

  private static final int MAX_CHARACTERS = 1 << 20;

  /** A line, and whether it is one that went wrong. */
  private record Line(String text, boolean isProblem) {}

  @GuardedBy("this")
  private @Nullable List<Line> kept; // null once lines are printed

  @GuardedBy("this")
  private int characters;

  /**
   * @param keeps whether an envelope will carry it
   */
  CallLog(boolean keeps) {
    this.kept = keeps ? new ArrayList<>() : null;
  }

  /** A logger that writes here and nowhere else; the JVM does not know it by name. */
  Logger logger() {
    return new CallLogger(this);
  }

  /** Apart from the log itself, so that calls which log nothing do not load the JDK's logging. */
  private static final class CallLogger extends Logger {
    CallLogger(CallLog log) {
      super(null, null);
      setLevel(Level.INFO); // what Azure's host lets through by default
      addHandler(new Publishing(log));
    }
  }

  private static final class Publishing extends Handler {
    private final CallLog log;

    Publishing(CallLog log) {
      this.log = log;
    }

    @Override
    public void publish(@Nullable LogRecord record) {
      if (record != null && isLoggable(record)) {
        log.add(line(record));
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // It ends with its call.
    }
  }

  private static final class Messages extends Formatter {
    static final Messages ALL = new Messages();

    @Override
    public String format(LogRecord record) {
      return formatMessage(record);
    }
  }

  private static Line line(LogRecord record) {
    int level = record.getLevel().intValue();
    StringBuilder text = new StringBuilder();
    if (level != Level.INFO.intValue()) {
      text.append('[').append(record.getLevel().getName()).append("] ");
    }
    text.append(Messages.ALL.format(record));
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace, true));
      text.append('\n').append(trace.toString().stripTrailing());
    }
    return new Line(text.toString(), level > Level.INFO.intValue());
  }

  private void add(Line line) {
    synchronized (this) {
      if (kept != null && characters + line.text.length() <= MAX_CHARACTERS) {
        kept.add(line);
        characters += line.text.length();
        return;
      }
    }
    print(line);
  }

  /** Takes the lines for the answer, in order. */
  List<String> take() {
    List<String> texts = new ArrayList<>();
    for (Line line : end()) {
      texts.add(line.text);
    }
    return texts;
  }

  /** Prints what is kept: there is no answer to carry it. */
  void release() {
    for (Line line : end()) {
      print(line);
    }
  }

  private synchronized List<Line> end() {
    List<Line> lines = kept == null ? List.of() : kept;
    kept = null;
    return lines;
  }

  @SuppressWarnings("SystemOut") // the host's log is the process's output
  private static void print(Line line) {
    PrintStream out = line.isProblem ? System.err : System.out;
    out.println(line.text);
  }
}
