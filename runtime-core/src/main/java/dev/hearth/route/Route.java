package dev.hearth.route;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that one name stands for, each with its share of the calls. Immutable.
 *
 * <p>Each call is decided for itself, by a random number, or by a key that its caller sends: equal keys are decided alike for as long as
 * the route is the same. Where the share of the last target grows, every key that it had stays with it.
 */
public final class Route {

  /** The largest weight: more adds nothing that anybody could measure. */
  public static final int MOST_WEIGHT = 10_000;

  private final List<Target> targets;
  private final int[] ends; // of each target's part of [0, total)
  private final int total;
  private final @Nullable String sticky;

  /**
   * A function and its share.
   *
   * @param function its name
   * @param weight within 0 to {@link #MOST_WEIGHT}; its share is this of the sum of all
   */
  public record Target(String function, int weight) {

    public Target {
      requireNonNull(function, "function");
      if (weight < 0 || weight > MOST_WEIGHT) {
        throw new IllegalArgumentException(
            "weight of '"
                + function
                + "' is "
                + weight
                + "; it must be within 0 to "
                + MOST_WEIGHT);
      }
    }
  }

  private Route(List<Target> targets, @Nullable String sticky) {
    this.targets = List.copyOf(targets);
    this.sticky = sticky;
    ends = new int[targets.size()];
    int sum = 0;
    for (int i = 0; i < ends.length; i++) {
      sum += targets.get(i).weight();
      ends[i] = sum;
    }
    total = sum;
    if (total == 0) {
      throw new IllegalArgumentException(
          "the weights of a route sum to 0; give at least one target a weight of 1 or more");
    }
  }

  /**
   * A route by weights.
   *
   * @param weights in the order in which keys are shared out, which is what stays when weights change
   * @throws IllegalArgumentException if a weight is out of range, or their sum is 0
   */
  public static Route of(Map<String, Integer> weights) {
    List<Target> targets = new ArrayList<>();
    weights.forEach((function, weight) -> targets.add(new Target(function, weight)));
    return new Route(targets, null);
  }

  /** Another name for one function. */
  public static Route to(String function) {
    return new Route(List.of(new Target(function, 1)), null);
  }

  /**
   * The same, decided by the value of a request header where a request has it.
   *
   * @param header its name, such as that of a session or a tenant; null for always at random
   */
  public Route stickyBy(@Nullable String header) {
    return new Route(targets, header);
  }

  /** The functions, in order. */
  public List<Target> targets() {
    return targets;
  }

  /** The header whose value decides; null where chance does. */
  public @Nullable String sticky() {
    return sticky;
  }

  /**
   * The function for a call.
   *
   * @param random any number, each as likely as the other
   */
  public String choose(int random) {
    int at = (int) (((random & 0xffff_ffffL) * total) >>> 32);
    int index = 0;
    while (at >= ends[index]) {
      index++;
    }
    return targets.get(index).function();
  }

  /** The function for every call with this key. */
  public String chooseFor(String key) {
    return choose(mixed(key.hashCode()));
  }

  /** Spreads the codes of keys that differ in their last characters only. Source: the finalizer of MurmurHash3, 32 bits. */
  private static int mixed(int code) {
    int hash = code;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /** Whether a function is one of the targets. */
  public boolean leadsTo(String function) {
    for (Target target : targets) {
      if (target.function().equals(function)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Route route
        && targets.equals(route.targets)
        && (sticky == null ? route.sticky == null : sticky.equals(route.sticky));
  }

  @Override
  public int hashCode() {
    return targets.hashCode();
  }

  @Override
  public String toString() {
    return "Route" + targets + (sticky == null ? "" : " by " + sticky);
  }
}
