package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import dev.hearth.function.Request;
import dev.hearth.invoke.Call;
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
  private final @Nullable Request request;
  private final @Nullable CallObserver observer;
  private final int wholeBytes;

  private CallDetails(Builder from) {
    id = from.id;
    body = from.body;
    traceparent = from.traceparent;
    deadlineNanos = from.deadlineNanos;
    attributes = from.attributes;
    request = from.request;
    observer = from.observer;
    wholeBytes = from.wholeBytes;
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

  /** What the function is to see instead of the request that was sent; null for that. */
  public @Nullable Request request() {
    return request;
  }

  /** Who follows the call, or null. */
  public @Nullable CallObserver observer() {
    return observer;
  }

  /** How much the function may answer when its answer is to be kept whole; 0 when it is sent as it is written. */
  public int wholeBytes() {
    return wholeBytes;
  }

  /** Builds {@link CallDetails}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private byte @Nullable [] body;
    private @Nullable String traceparent;
    private long deadlineNanos = Call.NO_DEADLINE;
    private Map<String, String> attributes = Map.of();
    private @Nullable Request request;
    private @Nullable CallObserver observer;
    private int wholeBytes;

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

    /** What the function is to see instead of the request that was sent; its body must be there already. */
    public Builder request(@Nullable Request request) {
      this.request = request;
      return this;
    }

    /** Who follows the call; nobody by default. */
    public Builder observer(@Nullable CallObserver observer) {
      this.observer = observer;
      return this;
    }

    /**
     * Keeps the function's answer whole until it has ended, for a platform that wants its length beforehand or that does not
     * take just any answer. By default it is sent as it is written.
     *
     * @param most bytes; a function that writes more fails
     */
    public Builder whole(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("whole is " + most + "; it must be at least 1");
      }
      this.wholeBytes = most;
      return this;
    }

    /** The details. */
    public CallDetails build() {
      return new CallDetails(this);
    }
  }
}
