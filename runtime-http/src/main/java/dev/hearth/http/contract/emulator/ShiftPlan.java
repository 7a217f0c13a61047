package dev.hearth.http.contract.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment moves an alias's calls to another version: in steps of a share, each after an interval.
 *
 * <p>Source: AWS CodeDeploy, user guide, <i>Deployment configurations on an AWS Lambda compute platform</i>.
 *
 * @param percent of the first step; 100 for all at once
 * @param interval between steps
 * @param isLinear whether every step adds as much, rather than the second all the rest
 */
record ShiftPlan(int percent, Duration interval, boolean isLinear) {

  private static final String SERVICES = "CodeDeployDefault.Lambda";
  private static final String ALL = "AllAtOnce";
  private static final String CANARY = "Canary";
  private static final String LINEAR = "Linear";

  /**
   * The configuration of a name: the service's, {@code CodeDeployDefault.LambdaCanary10Percent5Minutes}, or SAM's, which has only
   * the end of it. Other shares and intervals of the same form count as well.
   *
   * @return null if it is none
   */
  static @Nullable ShiftPlan named(String name) {
    String end = name.startsWith(SERVICES) ? name.substring(SERVICES.length()) : name;
    if (end.equals(ALL)) {
      return new ShiftPlan(100, Duration.ZERO, false);
    }
    boolean linear = end.startsWith(LINEAR);
    int percentAt = end.indexOf("Percent");
    if ((!linear && !end.startsWith(CANARY)) || percentAt < 0) {
      return null;
    }
    String rest = end.substring(percentAt + "Percent".length());
    String minutes =
        linear && rest.startsWith("Every") ? rest.substring("Every".length()) : linear ? "" : rest;
    long percent = Span.digits(end.substring(CANARY.length(), percentAt)); // both are six letters
    long interval = Span.digits(minutes.replace("Minutes", "").replace("Minute", ""));
    boolean fits = minutes.contains("Minute") && interval >= 1 && percent >= 1 && percent <= 99;
    return fits ? new ShiftPlan((int) percent, Duration.ofMinutes(interval), linear) : null;
  }

  /** The share of the new version after a time, within 0 to 1; at 1 the move is done. */
  double share(Duration elapsed) {
    if (percent == 100) {
      return 1;
    }
    long steps = elapsed.toNanos() / interval.toNanos();
    if (!isLinear) {
      return steps == 0 ? percent / 100.0 : 1;
    }
    return Math.min(100, percent * (steps + 1)) / 100.0;
  }

  /** How long it is until the next step. */
  Duration untilNext(Duration elapsed) {
    return Duration.ofNanos(interval.toNanos() - elapsed.toNanos() % interval.toNanos());
  }
}
