package dev.hearth.signature.aws;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Catches what the process writes to its output while it is open. */
final class Output implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
  private final ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();

  private Output() {
    System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
  }

  static Output caught() {
    return new Output();
  }

  String out() {
    return caughtOut.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return caughtErr.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
