package dev.hearth.cli.config;

import dev.hearth.FunctionSpec;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the file says about what a call may use, what is measured of it, and how much may outlive it; null where it says nothing.
 *
 * @param body the most a request's body may have, in bytes
 * @param cpu the most processor time a call may use
 * @param allocation the most a call may allocate, in bytes
 * @param metering what is measured
 * @param memory what a platform bills its calls for, in bytes
 * @param breaker when the function gets no more calls for a while
 * @param warmStore the room for what the host keeps for the function beyond the life of a version, in bytes
 */
public record CallLimits(
    @Nullable Long body,
    @Nullable Duration cpu,
    @Nullable Long allocation,
    Metering.@Nullable Scope metering,
    @Nullable Long memory,
    @Nullable BreakerSettings breaker,
    @Nullable Long warmStore) {

  /** Nothing said. */
  public static final CallLimits UNSET = new CallLimits(null, null, null, null, null, null, null);

  /** Whether they need threads of which the JDK measures what they use. */
  boolean areOfUse() {
    return cpu != null || allocation != null;
  }

  void apply(FunctionSpec.Builder spec) {
    if (body != null) {
      spec.bodyBytes(body);
    }
    if (warmStore != null) {
      spec.warmStoreBytes(warmStore);
    }
    spec.breaker(breaker);
    spec.metering(
        new Metering(
            metering == null ? Metering.Scope.AUTO : metering,
            cpu == null ? Limits.NONE : cpu.toNanos(),
            allocation == null ? Limits.NONE : allocation,
            memory == null ? 0 : memory));
  }

  /** How a size is written in the file; null for none. */
  public static @Nullable String text(@Nullable Long size) {
    return size == null ? null : Sizes.write(size);
  }

  /** How what is measured is written in the file; null for nothing said. */
  public @Nullable String meteringText() {
    return metering == null ? null : metering.name().toLowerCase(Locale.ROOT);
  }
}
