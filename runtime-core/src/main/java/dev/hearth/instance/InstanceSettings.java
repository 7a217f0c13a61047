package dev.hearth.instance;

import dev.hearth.invoke.Limits;

/**
 * How many instances a version has and how many calls it takes.
 *
 * @param min instances made when the version is deployed and kept from then on, 0 for none until the first call
 * @param max the most instances, at least 1
 * @param concurrency calls that one instance runs at once, at least 1; {@link #BY_SIGNATURE} for what the handler's
 *     vendor promises
 * @param queue calls that may wait for an instance, 0 for none
 * @param idleNanos how long an instance beyond {@code min} is kept without a call, in nanoseconds; {@link
 *     Limits#NONE} for as long as the version lives
 */
public record InstanceSettings(int min, int max, int concurrency, int queue, long idleNanos) {

  /** One call at a time where the handler's vendor promises that, else as many as the host's threads allow. */
  public static final int BY_SIGNATURE = 0;

  /** One instance, made at deploy, that takes as many calls at once as its signature promises. */
  public static final InstanceSettings DEFAULT = new InstanceSettings(1, 1, BY_SIGNATURE, 1000);

  private static final int MANY = 1000;

  public InstanceSettings {
    require(min >= 0 && min <= 1000, "instances.min", min, "within 0 to 1000");
    require(
        max >= 1 && max <= 1000 && max >= min,
        "instances.max",
        max,
        "within 1 to 1000, and not below min");
    require(
        concurrency >= BY_SIGNATURE && concurrency <= 100_000,
        "instances.concurrency",
        concurrency,
        "within 1 to 100000, or 0 for what the signature promises");
    require(queue >= 0 && queue <= 1_000_000, "instances.queue", queue, "within 0 to 1000000");
    require(idleNanos > 0, "instances.idle", idleNanos, "longer than zero");
  }

  /** Instances that are kept as long as the version lives. */
  public InstanceSettings(int min, int max, int concurrency, int queue) {
    this(min, max, concurrency, queue, Limits.NONE);
  }

  /**
   * The same, with the concurrency settled.
   *
   * @param promised what the vendor promises, 0 for any number; counts where these settings do not say
   */
  public InstanceSettings settled(int promised) {
    if (concurrency != BY_SIGNATURE) {
      return this;
    }
    return new InstanceSettings(min, max, promised == 0 ? MANY : promised, queue, idleNanos);
  }

  private static void require(boolean holds, String name, long value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + expected);
    }
  }
}
