package dev.hearth.cli.log;

import dev.hearth.http.contract.Streams;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The process's streams as contracts write to them: through the same locks as what functions print. */
final class ProcessStreams implements Streams {

  private final Sink out;
  private final Sink err;
  private final @Nullable Capture printedOut;
  private final @Nullable Capture printedErr;

  /**
   * @param printedOut what takes the functions' output, if it is captured
   * @param printedErr what takes the functions' error output, if it is captured
   */
  ProcessStreams(Sink out, Sink err, @Nullable Capture printedOut, @Nullable Capture printedErr) {
    this.out = out;
    this.err = err;
    this.printedOut = printedOut;
    this.printedErr = printedErr;
  }

  @Override
  public void out(String line) {
    write(out, line);
  }

  @Override
  public void err(String line) {
    write(err, line);
  }

  @Override
  public void mark(String line) {
    if (printedOut != null) {
      printedOut.finish();
    }
    out(line);
    if (printedErr != null) {
      printedErr.finish();
    }
    err(line);
  }

  @Override
  public boolean tap(Tap tap) {
    if (printedOut == null || printedErr == null) {
      return false;
    }
    printedOut.tap(tap);
    printedErr.tap(tap);
    return true;
  }

  private static void write(Sink to, String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    to.write(Entry.raw(utf8, utf8.length, true));
  }
}
