package dev.hearth.pool;

import static java.util.Objects.requireNonNull;

import dev.hearth.instance.spi.Gauge;
import dev.hearth.instance.spi.ResourceProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's warm resources other than pools of database connections, by name.
 *
 * <pre>{@code
 * WarmResources warm = WarmResources.builder().lazy("billing", HttpClientResource.of()).build();
 * Hearth hearth = Hearth.builder().resources(warm).build();
 * hearth.deploy("bill", FunctionSpec.builder(jar).resources("billing").build());
 * }</pre>
 *
 * <p>Thread-safe. There is one of each name, shared by all functions and versions that may use it; it stays open across versions until
 * {@link #close}, which the host calls. Until then there are one or two idle threads.
 */
public final class WarmResources implements ResourceProvider {

  private final Map<String, Views<?>> resources = new LinkedHashMap<>();
  private final HostThread host;
  private final Heartbeat heartbeat;

  private WarmResources(Builder from) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    host =
        HostThread.start(
            "hearth-resources", context == null ? WarmResources.class.getClassLoader() : context);
    heartbeat = new Heartbeat(host, from.clocks);
    Warm.Bounds bounds = new Warm.Bounds(from.openLimit, from.checkLimit, from.closeLimit);
    from.resources.forEach((name, each) -> resources.put(name, views(name, each, bounds)));
  }

  private <T> Views<T> views(String name, WarmResource<T> resource, Warm.Bounds bounds) {
    return new Views<>(new Warm<>(name, resource, bounds, host, heartbeat));
  }

  /** A builder without resources. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String kind() {
    return "resource";
  }

  @Override
  public boolean has(String name) {
    return resources.containsKey(name);
  }

  /**
   * Lends a resource as something that borrows it at each use.
   *
   * @param type of the JDK that the resource has, or an interface of the function's own with methods that it has
   * @return for this function, the same at each call; null if the resource is not of that type
   * @throws IllegalArgumentException if there is none of that name, or the type is one of the function's own that does not fit
   */
  @Override
  public <T> @Nullable T lend(Class<T> type, String name, String function) {
    Views<?> views = resources.get(name);
    if (views == null) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "' asks for resource '"
              + name
              + "', which the host does not have; it has "
              + resources.keySet());
    }
    return views.as(type, function);
  }

  @Override
  public List<Gauge> gauges() {
    List<Gauge> uses = new ArrayList<>();
    List<Gauge> renewals = new ArrayList<>();
    resources.forEach(
        (name, views) -> {
          long[] counts = views.warm().counts();
          List<String> labels = List.of("resource", name);
          uses.add(new Gauge("hearth_resource_uses", "Uses that go on.", false, labels, counts[0]));
          renewals.add(
              new Gauge(
                  "hearth_resource_renewals_total",
                  "How often replaced.",
                  true,
                  labels,
                  counts[1]));
        });
    uses.addAll(renewals);
    return uses;
  }

  @Override
  public void forget(String function) {
    resources.values().forEach(views -> views.forget(function));
  }

  /**
   * Closes every resource, those in use as well, the last first; each is waited for within {@link Builder#closeLimit}. One that cannot be
   * closed is logged. Twice is once.
   */
  @Override
  public void close() {
    List<Views<?>> closing = new ArrayList<>(resources.values());
    for (int i = closing.size() - 1; i >= 0; i--) {
      closing.get(i).warm().close();
    }
    heartbeat.close();
    host.close();
  }

  /** Builds {@link WarmResources}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, WarmResource<?>> resources = new LinkedHashMap<>();
    private final Set<String> eager = new LinkedHashSet<>();
    private Duration openLimit = Duration.ofSeconds(10);
    private Duration checkLimit = Duration.ofSeconds(2);
    private Duration closeLimit = Duration.ofSeconds(5);
    private Heartbeat.Clocks clocks = new Heartbeat.SystemClocks();

    private Builder() {}

    /**
     * A resource that is opened when a function first uses it, so that a service that is away delays no deployment.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder lazy(String name, WarmResource<?> resource) {
      requireNonNull(resource, "resource");
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "a resource has the name '" + name + "'; give it one that functions can ask for");
      }
      if (resources.putIfAbsent(name, resource) != null) {
        throw new IllegalArgumentException(
            "there are two resources '" + name + "'; give each its own name");
      }
      return this;
    }

    /**
     * A resource that is opened by {@link #build}, which fails if it cannot be.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder eager(String name, WarmResource<?> resource) {
      lazy(name, resource);
      eager.add(name);
      return this;
    }

    /** How long opening or renewing may take. Default 10 s, longer than zero. */
    public Builder openLimit(Duration limit) {
      openLimit = positive(limit, "openLimit");
      return this;
    }

    /** How long a check may take; one that takes longer has failed. Default 2 s, longer than zero. */
    public Builder checkLimit(Duration limit) {
      checkLimit = positive(limit, "checkLimit");
      return this;
    }

    /** How long the closing host waits for each to be closed. Default 5 s, longer than zero. */
    public Builder closeLimit(Duration limit) {
      closeLimit = positive(limit, "closeLimit");
      return this;
    }

    /** Other clocks to notice a standstill by. */
    Builder clocks(Heartbeat.Clocks clocks) {
      this.clocks = clocks;
      return this;
    }

    /**
     * The resources. Threads that they start have the caller's context class loader; must not be called from inside a function.
     *
     * @throws IllegalStateException if one that is eager cannot be opened; what was opened is closed
     */
    public WarmResources build() {
      WarmResources made = new WarmResources(this);
      try {
        for (String name : eager) {
          requireNonNull(made.resources.get(name)).warm().borrow("the host").close();
        }
        return made;
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    }

    private static Duration positive(Duration limit, String name) {
      requireNonNull(limit, name);
      if (limit.isZero() || limit.isNegative()) {
        throw new IllegalArgumentException(name + " is " + limit + "; it must be longer than zero");
      }
      return limit;
    }
  }
}
