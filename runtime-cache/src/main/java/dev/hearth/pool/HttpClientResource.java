package dev.hearth.pool;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, whose connections outlive the versions that use them. Immutable.
 *
 * <p>Functions are given a {@link HttpClient} that sends. It shows neither the executor nor the authenticator, makes no WebSockets, and its
 * {@code close} does nothing. After a standstill the client is replaced, unless a probe is answered. A request that fails is no reason to
 * doubt the client.
 *
 * <p>On Java 17 to 20 a client has no {@code close}: its threads end when nothing refers to it.
 */
public final class HttpClientResource implements WarmResource<HttpClient> {

  private static final int IDLE_SECONDS = 5;

  private final Duration connectTimeout;
  private final @Nullable URI probe;
  private final @Nullable Consumer<HttpClient.Builder> more;

  private HttpClientResource(Builder from) {
    connectTimeout = from.connectTimeout;
    probe = from.probe;
    more = from.more;
  }

  /** One with the defaults. */
  public static HttpClientResource of() {
    return builder().build();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Class<HttpClient> type() {
    return HttpClient.class;
  }

  @Override
  public HttpClient open() {
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(connectTimeout).executor(executor());
    if (more != null) {
      more.accept(client);
    }
    return client.build();
  }

  /** The JDK's own would start its threads under functions' calls, and with their context class loader. */
  private static Executor executor() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          String name = "hearth-http-client-" + count.incrementAndGet();
          Thread made = new Thread(null, task, name, 0, false);
          made.setDaemon(true);
          made.setContextClassLoader(context);
          return made;
        });
  }

  /** Whether the probe is answered, whatever the status; without one nothing can tell. */
  @Override
  public boolean check(HttpClient client) throws Exception {
    if (probe == null) {
      return false;
    }
    HttpRequest request =
        HttpRequest.newBuilder(probe).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
    return true;
  }

  /** Lets requests that are under way end, where the JDK can close a client; when it is interrupted, they are ended. */
  @Override
  public void close(HttpClient client) throws Exception {
    if (client instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  public HttpClient view(Lender<HttpClient> lender) {
    return new LentHttpClient(lender);
  }

  /** Builds an {@link HttpClientResource}. Not thread-safe. */
  public static final class Builder {
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable URI probe;
    private @Nullable Consumer<HttpClient.Builder> more;

    private Builder() {}

    /** How long connecting may take. Default 10 s, longer than zero. */
    public Builder connectTimeout(Duration timeout) {
      requireNonNull(timeout, "connectTimeout");
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException(
            "connectTimeout is " + timeout + "; it must be longer than zero");
      }
      connectTimeout = timeout;
      return this;
    }

    /**
     * What is asked by {@code HEAD} to see whether the client is still good; by default nothing, and one that is doubted is replaced.
     *
     * @throws IllegalArgumentException if it is not an absolute URI of http or https
     */
    public Builder probe(URI uri) {
      HttpRequest.newBuilder(requireNonNull(uri, "probe")); // refuses what cannot be asked
      probe = uri;
      return this;
    }

    /** Sets what else a client can be given, such as TLS, a proxy or redirects; runs at each opening. */
    public Builder configure(Consumer<HttpClient.Builder> settings) {
      more = requireNonNull(settings, "settings");
      return this;
    }

    /** The resource. */
    public HttpClientResource build() {
      return new HttpClientResource(this);
    }
  }
}
