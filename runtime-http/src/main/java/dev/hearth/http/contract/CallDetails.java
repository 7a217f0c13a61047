package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import dev.hearth.invoke.Call;
import dev.hearth.log.LogSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a contract knows about a call beyond its request. Immutable. */
public final class CallDetails {

  private static final CallDetails NONE = builder().build();

  private final @Nullable String id;
  private final byte @Nullable [] body;
  private final @Nullable String traceparent;
  private final long deadlineNanos;
  private final Map<String, String> attributes;
  private final boolean http;
  private final String basePath;
  private final @Nullable CallObserver observer;
  private final @Nullable LogSink log;

  private CallDetails(Builder from) {
    id = from.id;
    body = from.body;
    traceparent = from.traceparent;
    deadlineNanos = from.deadlineNanos;
    attributes = from.attributes;
    http = from.http;
    basePath = from.basePath;
    observer = from.observer;
    log = from.log;
  }

  /** Nothing is known. */
  public static CallDetails none() {
    return NONE;
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The caller's id for the call; null to have one made. */
  public @Nullable String id() {
    return id;
  }

  /** Plain text that the function is to see as its body when none was sent; null for none. */
  public byte @Nullable [] body() {
    return body;
  }

  /** The caller's valid {@code traceparent}, or null. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** When the caller stops waiting, as {@link Call#deadlineNanos}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** What the platform said, by lower-case name; unmodifiable. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** Whether the request is the client's own, rather than one that carries an event. */
  public boolean isHttp() {
    return http;
  }

  /** The first part of the path, where it named the function; else empty. */
  public String basePath() {
    return basePath;
  }

  /** Who follows the call, or null. */
  public @Nullable CallObserver observer() {
    return observer;
  }

  /** What takes the call's lines, as {@link Call#log}; null for the host's log. */
  public @Nullable LogSink log() {
    return log;
  }

  /** Builds {@link CallDetails}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private byte @Nullable [] body;
    private @Nullable String traceparent;
    private long deadlineNanos = Call.NO_DEADLINE;
    private Map<String, String> attributes = Map.of();
    private boolean http = true;
    private String basePath = "";
    private @Nullable CallObserver observer;
    private @Nullable LogSink log;

    private Builder() {}

    /** The caller's id for the call; null, the default, to have one made. */
    public Builder id(@Nullable String id) {
      this.id = id;
      return this;
    }

    /** Plain text that the function is to see as its body when none was sent; none by default. */
    public Builder body(byte @Nullable [] text) {
      this.body = text;
      return this;
    }

    /** The caller's {@code traceparent}; nonsense counts as none, which is the default. */
    public Builder traceparent(@Nullable String header) {
      this.traceparent = TraceParent.isValid(header) ? header : null;
      return this;
    }

    /** When the caller stops waiting, as {@link Call#deadlineNanos}; never by default. */
    public Builder deadlineNanos(long deadline) {
      this.deadlineNanos = deadline;
      return this;
    }

    /** What the platform said, by lower-case name; nothing by default. */
    public Builder attributes(Map<String, String> attributes) {
      this.attributes = Map.copyOf(requireNonNull(attributes, "attributes"));
      return this;
    }

    /** The request carries an event of the platform's: its body is all that the function should look at. */
    public Builder event() {
      this.http = false;
      return this;
    }

    /** The first part of the path, {@code /name}, where it named the function; empty by default. */
    public Builder basePath(String basePath) {
      this.basePath = requireNonNull(basePath, "basePath");
      return this;
    }

    /** Who follows the call; nobody by default. */
    public Builder observer(@Nullable CallObserver observer) {
      this.observer = observer;
      return this;
    }

    /** What takes the call's lines; the host's log by default. */
    public Builder log(@Nullable LogSink log) {
      this.log = log;
      return this;
    }

    /** The details. */
    public CallDetails build() {
      return new CallDetails(this);
    }
  }
}
