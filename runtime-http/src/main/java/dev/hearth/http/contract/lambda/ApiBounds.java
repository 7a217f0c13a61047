package dev.hearth.http.contract.lambda;

import java.util.concurrent.TimeUnit;

/**
 * How long and how large what the Runtime API does may be. Only the wait for an event has no bound: the process may be frozen in it
 * for hours.
 *
 * @param connectNanos for making a connection
 * @param stallNanos for each step of an exchange: more of a reply, or room for more of a request
 * @param eventBytes for an event; Lambda's own limit is 6 MiB and 100 bytes
 */
record ApiBounds(long connectNanos, long stallNanos, int eventBytes) {

  /** No bound. */
  static final long NEVER = Long.MAX_VALUE;

  /** A second to connect as in the official client, a minute for a step, 32 MiB. */
  static final ApiBounds DEFAULT =
      new ApiBounds(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(60), 32 << 20);
}
