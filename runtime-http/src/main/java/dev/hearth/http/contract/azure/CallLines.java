package dev.hearth.http.contract.azure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.http.contract.Streams;
import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function logs during one call, kept for the answer's {@code Logs}. Thread-safe.
 *
 * <p>Lines of other levels than {@code INFO} begin with theirs, because {@code Logs} has none. What is kept for an answer that does not
 * come is printed; so is what comes after it, or is more than an answer should carry.
 */
final class CallLines implements LogSink {

  private static final int MOST_CHARACTERS = 1 << 20;

  /** A line, and whether it is one that went wrong. */
  private record Line(String text, boolean isProblem) {}

  private final Streams streams;

  @GuardedBy("this")
  private @Nullable List<Line> kept = new ArrayList<>(); // null once lines are printed

  @GuardedBy("this")
  private int characters;

  /**
   * @param streams where lines are printed
   */
  CallLines(Streams streams) {
    this.streams = streams;
  }

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    return level.compareTo(Level.INFO) >= 0;
  }

  @Override
  public void write(LogEvent event) {
    boolean isInfo = event.level() == Level.INFO;
    String message = isInfo ? event.message() : "[" + event.level() + "] " + event.message();
    String error = event.error();
    Line line =
        new Line(
            error == null ? message : message + "\n" + error,
            event.level().compareTo(Level.INFO) > 0);
    if (!keep(line)) {
      print(line);
    }
  }

  private synchronized boolean keep(Line line) {
    if (kept == null || characters + line.text.length() > MOST_CHARACTERS) {
      return false;
    }
    characters += line.text.length();
    return kept.add(line);
  }

  /** Takes the lines for the answer, in order. */
  List<String> take() {
    List<String> texts = new ArrayList<>();
    for (Line line : end()) {
      texts.add(line.text);
    }
    return texts;
  }

  /** Prints what is kept and was not taken: no answer carries it. */
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

  private void print(Line line) {
    if (line.isProblem) {
      streams.err(line.text);
    } else {
      streams.out(line.text);
    }
  }
}
