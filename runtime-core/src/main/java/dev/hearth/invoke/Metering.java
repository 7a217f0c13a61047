package dev.hearth.invoke;

/**
 * What of a function's calls is measured, and how much one call may use.
 *
 * @param scope what is measured
 * @param cpuNanos the most processor time one call may use on its thread; {@link Limits#NONE} for any
 * @param allocatedBytes the most one call may allocate on its thread, freed again or not; {@link Limits#NONE} for any
 * @param memoryBytes what a platform would bill the function's calls for; 0 if nobody bills it
 */
public record Metering(Scope scope, long cpuNanos, long allocatedBytes, long memoryBytes) {

  /** What is measured. */
  public enum Scope {
    /** As {@link #ALLOCATION} for calls over the network, nothing for those of an embedder. */
    AUTO,
    /** Times alone. */
    OFF,
    /** Allocated memory, too, which costs two readings of about 0.1 µs for each call. */
    ALLOCATION,
    /** Processor time, too, which costs two readings of more than 1 µs for each call. */
    FULL
  }

  /** No limits. */
  public static final Metering DEFAULT = new Metering(Scope.AUTO, Limits.NONE, Limits.NONE, 0);

  public Metering {
    require(cpuNanos > 0, "limits.cpu", cpuNanos);
    require(allocatedBytes > 0, "limits.allocation", allocatedBytes);
    require(memoryBytes >= 0, "memory", memoryBytes);
  }

  private static void require(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be more than zero");
    }
  }

  /** Whether a call may use only so much. */
  public boolean isLimited() {
    return cpuNanos != Limits.NONE || allocatedBytes != Limits.NONE;
  }

  /** Whether processor time is read. */
  boolean readsCpu() {
    return scope == Scope.FULL || cpuNanos != Limits.NONE;
  }

  /**
   * Whether allocated memory is read.
   *
   * @param embedders whether the call comes from an embedder's code
   */
  boolean readsAllocation(boolean embedders) {
    return scope == Scope.FULL
        || scope == Scope.ALLOCATION
        || (scope == Scope.AUTO && !embedders)
        || allocatedBytes != Limits.NONE;
  }
}
