package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a contract has served on a port of its own, apart from its functions: a page of numbers, say. It has one thread, so that it
 * answers while the functions' event loops are busy, and takes little from its clients.
 *
 * @param contract what is served; opened and closed with the port
 * @param listen where; a TCP port
 * @param patience how long a client may take for its request, for its answer, and between requests
 */
public record Beside(Contract contract, Listen listen, Duration patience) {
  public Beside {
    requireNonNull(contract, "contract");
    requireNonNull(listen, "listen");
    if (requireNonNull(patience, "patience").isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "patience is " + patience + "; it must be longer than zero");
    }
  }
}
