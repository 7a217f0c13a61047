package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a platform's variables say about the function it wants served, each part with the variable that says it. A platform that serves
 * several functions from one directory says {@link #functions}. Immutable.
 */
public final class Start {

  /** Nothing is said. */
  public static final Start NOTHING = builder().build();

  /**
   * One thing that a platform says.
   *
   * @param variable the variable that says it, or the platform's rule, for people
   */
  public record Said<T>(T value, String variable) {
    public Said {
      requireNonNull(value, "value");
      requireNonNull(variable, "variable");
    }
  }

  /**
   * One of several functions.
   *
   * @param name what it is invoked by
   * @param archive where its code is; null for {@link Start#archive}, or what the user gives
   * @param handler null to let the archive tell
   * @param source what says so, for people: a file
   */
  public record Function(
      String name, @Nullable Path archive, @Nullable String handler, String source) {
    public Function {
      requireNonNull(name, "name");
      requireNonNull(source, "source");
    }
  }

  private final @Nullable Said<Path> archive;
  private final List<Path> behind;
  private final List<Function> functions;
  private final @Nullable Said<String> name;
  private final @Nullable Said<String> handler;
  private final @Nullable Said<Listen> listen;
  private final @Nullable Said<Duration> initTimeout;
  private final @Nullable Said<Duration> runTimeout;
  private final @Nullable Said<Duration> hookLimit;
  private final @Nullable Said<Integer> concurrency;
  private final @Nullable Said<Duration> drain;
  private final @Nullable Said<String> log;
  private final Map<String, String> variables;

  private Start(Builder from) {
    archive = from.archive;
    behind = List.copyOf(from.behind);
    functions = List.copyOf(from.functions);
    name = from.name;
    handler = from.handler;
    listen = from.listen;
    initTimeout = from.initTimeout;
    runTimeout = from.runTimeout;
    hookLimit = from.hookLimit;
    concurrency = from.concurrency;
    drain = from.drain;
    log = from.log;
    variables = Map.copyOf(from.variables);
  }

  /** A builder that says nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where the code is, or null. */
  public @Nullable Said<Path> archive() {
    return archive;
  }

  /** Archives whose classes stand behind those of {@link #archive}, in order. */
  public List<Path> behind() {
    return behind;
  }

  /** The functions that the platform wants served, where it says so; empty where it knows of one only. */
  public List<Function> functions() {
    return functions;
  }

  /** What the function is called, or null. */
  public @Nullable Said<String> name() {
    return name;
  }

  /** The handler, or null. */
  public @Nullable Said<String> handler() {
    return handler;
  }

  /** Where to listen, or null for {@link Contract#defaults}. */
  public @Nullable Said<Listen> listen() {
    return listen;
  }

  /** How long an instance may take to start, or null. */
  public @Nullable Said<Duration> initTimeout() {
    return initTimeout;
  }

  /** How long a call may run, or null. */
  public @Nullable Said<Duration> runTimeout() {
    return runTimeout;
  }

  /** How long hooks may take that run after the function was deployed, or null. */
  public @Nullable Said<Duration> hookLimit() {
    return hookLimit;
  }

  /** How many calls one instance runs at once, or null. */
  public @Nullable Said<Integer> concurrency() {
    return concurrency;
  }

  /** How long calls under way may take to end when the process is told to stop, or null. */
  public @Nullable Said<Duration> drain() {
    return drain;
  }

  /** How the process's log looks, as {@code HEARTH_LOG} says it, or null. */
  public @Nullable Said<String> log() {
    return log;
  }

  /** What is put to the function's own variables; those that its spec sets win. */
  public Map<String, String> variables() {
    return variables;
  }

  /** Builds a {@link Start}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Said<Path> archive;
    private List<Path> behind = List.of();
    private List<Function> functions = List.of();
    private @Nullable Said<String> name;
    private @Nullable Said<String> handler;
    private @Nullable Said<Listen> listen;
    private @Nullable Said<Duration> initTimeout;
    private @Nullable Said<Duration> runTimeout;
    private @Nullable Said<Duration> hookLimit;
    private @Nullable Said<Integer> concurrency;
    private @Nullable Said<Duration> drain;
    private @Nullable Said<String> log;
    private Map<String, String> variables = Map.of();

    private Builder() {}

    /** Where the code is. */
    public Builder archive(Path path, String variable) {
      archive = new Said<>(path, variable);
      return this;
    }

    /** More archives, whose classes stand behind those of the first. */
    public Builder behind(List<Path> archives) {
      this.behind = requireNonNull(archives, "archives");
      return this;
    }

    /** The functions, where there may be several. */
    public Builder functions(List<Function> functions) {
      this.functions = requireNonNull(functions, "functions");
      return this;
    }

    /** What the function is called. */
    public Builder name(String name, String variable) {
      this.name = new Said<>(name, variable);
      return this;
    }

    /** The handler. */
    public Builder handler(String handler, String variable) {
      this.handler = new Said<>(handler, variable);
      return this;
    }

    /** Where to listen. */
    public Builder listen(Listen listen, String variable) {
      this.listen = new Said<>(listen, variable);
      return this;
    }

    /** How long an instance may take to start. */
    public Builder initTimeout(Duration timeout, String variable) {
      initTimeout = new Said<>(timeout, variable);
      return this;
    }

    /** How long a call may run. */
    public Builder runTimeout(Duration timeout, String variable) {
      this.runTimeout = new Said<>(timeout, variable);
      return this;
    }

    /** How long hooks may take that run after the function was deployed. */
    public Builder hookLimit(Duration limit, String variable) {
      hookLimit = new Said<>(limit, variable);
      return this;
    }

    /** How many calls one instance runs at once, at least 1. */
    public Builder concurrency(int calls, String variable) {
      this.concurrency = new Said<>(calls, variable);
      return this;
    }

    /** How long calls under way may take to end when the process is told to stop. */
    public Builder drain(Duration bound, String variable) {
      this.drain = new Said<>(bound, variable);
      return this;
    }

    /** How the process's log looks, as {@code HEARTH_LOG} says it. */
    public Builder log(String format, String variable) {
      this.log = new Said<>(format, variable);
      return this;
    }

    /** What is put to the function's own variables. */
    public Builder variables(Map<String, String> variables) {
      this.variables = requireNonNull(variables, "variables");
      return this;
    }

    /** The start. */
    public Start build() {
      return new Start(this);
    }
  }
}
