package dev.hearth.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a server takes from its clients before it refuses. Immutable. */
public final class HttpLimits {

  private static final Duration FOREVER =
      Duration.ofDays(30); // leaves room to be multiplied, in nanoseconds

  private final int requestLineBytes;
  private final int headerBytes;
  private final int headerCount;
  private final long bodyBytes;
  private final int bodyBytesPerSecond;
  private final Duration bodyGrace;
  private final Duration headerTimeout;
  private final Duration idleTimeout;
  private final Duration writeStall;
  private final int connections;

  private HttpLimits(Builder from) {
    requestLineBytes = from.requestLineBytes;
    headerBytes = from.headerBytes;
    headerCount = from.headerCount;
    bodyBytes = from.bodyBytes;
    bodyBytesPerSecond = from.bodyBytesPerSecond;
    bodyGrace = from.bodyGrace;
    headerTimeout = from.headerTimeout;
    idleTimeout = from.idleTimeout;
    writeStall = from.writeStall;
    connections = from.connections;
  }

  /** The defaults. */
  public static HttpLimits defaults() {
    return builder().build();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same without bounds of time. */
  HttpLimits patient() {
    return builder()
        .requestLineBytes(requestLineBytes)
        .headerBytes(headerBytes)
        .headerCount(headerCount)
        .bodyBytes(bodyBytes)
        .bodyGrace(FOREVER)
        .headerTimeout(FOREVER)
        .idleTimeout(FOREVER)
        .writeStall(FOREVER)
        .connections(connections)
        .build();
  }

  /** Bytes of the request line. */
  public int requestLineBytes() {
    return requestLineBytes;
  }

  /** Bytes of all header lines together. */
  public int headerBytes() {
    return headerBytes;
  }

  /** Number of header lines. */
  public int headerCount() {
    return headerCount;
  }

  /** Bytes of a request body. */
  public long bodyBytes() {
    return bodyBytes;
  }

  /** The least rate at which a body must arrive after {@link #bodyGrace}. */
  public int bodyBytesPerSecond() {
    return bodyBytesPerSecond;
  }

  /** How long a body may be slower than {@link #bodyBytesPerSecond}. */
  public Duration bodyGrace() {
    return bodyGrace;
  }

  /** How long a request's head may take from its first byte. */
  public Duration headerTimeout() {
    return headerTimeout;
  }

  /** How long a connection may wait for a request. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** How long a client may take nothing of an answer. */
  public Duration writeStall() {
    return writeStall;
  }

  /** Connections open at once. */
  public int connections() {
    return connections;
  }

  /** Builds {@link HttpLimits}. Not thread-safe. */
  public static final class Builder {
    private int requestLineBytes = 8 << 10;
    private int headerBytes = 16 << 10;
    private int headerCount = 200;
    private long bodyBytes = 100L << 20;
    private int bodyBytesPerSecond = 1 << 10;
    private Duration bodyGrace = Duration.ofSeconds(30);
    private Duration headerTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofSeconds(75);
    private Duration writeStall = Duration.ofSeconds(30);
    private int connections = 10_000;

    private Builder() {}

    /** The most bytes of a request line; more is answered with 414. Default 8 KiB. */
    public Builder requestLineBytes(int bytes) {
      requestLineBytes = atLeast(64, bytes, "requestLineBytes");
      return this;
    }

    /** The most bytes of all header lines together; more is answered with 431. Default 16 KiB. */
    public Builder headerBytes(int bytes) {
      headerBytes = atLeast(64, bytes, "headerBytes");
      return this;
    }

    /** The most header lines; more are answered with 431. Default 200. */
    public Builder headerCount(int lines) {
      headerCount = atLeast(1, lines, "headerCount");
      return this;
    }

    /**
     * The most bytes of a request body. More is answered with 413: before anything is read when {@code Content-Length}
     * says so, else when the limit is crossed. Default 100 MiB; 0 for no bodies at all.
     */
    public Builder bodyBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("bodyBytes is " + bytes + "; it must be 0 or more");
      }
      bodyBytes = bytes;
      return this;
    }

    /**
     * The least rate at which a body must arrive, on average and while the server wants more of it. Slower is answered
     * with 408. Default 1 KiB a second.
     */
    public Builder bodyBytesPerSecond(int bytes) {
      bodyBytesPerSecond = atLeast(1, bytes, "bodyBytesPerSecond");
      return this;
    }

    /** How long a body may be slower than that. Default 30 s. */
    public Builder bodyGrace(Duration grace) {
      bodyGrace = positive(grace, "bodyGrace");
      return this;
    }

    /** How long a head may take from its first byte to its last, however steadily it comes. Default 30 s. */
    public Builder headerTimeout(Duration timeout) {
      headerTimeout = positive(timeout, "headerTimeout");
      return this;
    }

    /**
     * How long a connection may wait for its next request. Default 75 s: platforms' routers keep theirs for up to 60 s,
     * and the server must not be the one that closes first.
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = positive(timeout, "idleTimeout");
      return this;
    }

    /** How long a client may take nothing of an answer before the connection is cut. Default 30 s. */
    public Builder writeStall(Duration timeout) {
      writeStall = positive(timeout, "writeStall");
      return this;
    }

    /** The most connections at once; one more is answered with 503 and closed. Default 10,000. */
    public Builder connections(int most) {
      connections = atLeast(1, most, "connections");
      return this;
    }

    /** The limits. */
    public HttpLimits build() {
      return new HttpLimits(this);
    }

    private static int atLeast(int least, int value, String name) {
      if (value < least) {
        throw new IllegalArgumentException(
            name + " is " + value + "; it must be at least " + least);
      }
      return value;
    }

    private static Duration positive(Duration value, String name) {
      requireNonNull(value, name);
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " is " + value + "; it must be longer than zero");
      }
      return value;
    }
  }
}
