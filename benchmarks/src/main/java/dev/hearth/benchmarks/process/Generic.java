package dev.hearth.benchmarks.process;

import java.io.IOException;

/** A process that is given its function while it runs. Immutable. */
final class Generic {

  private final Contender contender;
  private final byte[] load;
  private final byte[] call;
  private final String answer;

  /**
   * Names it.
   *
   * @param contender started without a function
   * @param load the request that gives it one
   * @param call the request after that
   * @param answer the whole body of its answer
   */
  Generic(Contender contender, byte[] load, byte[] call, String answer) {
    this.contender = contender;
    this.load = load;
    this.call = call;
    this.answer = answer;
  }

  Contender contender() {
    return contender;
  }

  /** The same, started in another way. */
  Generic with(Contender other) {
    return new Generic(other, load, call, answer);
  }

  /** Loads and calls once. */
  void exercise(RunningServer server) throws IOException, InterruptedException {
    try (Wire wire = server.connect()) {
      load(wire);
      call(wire);
    }
  }

  /** Gives it its function. */
  void load(Wire wire) throws IOException {
    wire.exchange(load);
  }

  /** Calls that. */
  void call(Wire wire) throws IOException {
    String body = wire.exchange(call);
    if (!body.equals(answer)) {
      throw new IOException(contender.name() + " answered '" + body + "', not '" + answer + "'");
    }
  }
}
