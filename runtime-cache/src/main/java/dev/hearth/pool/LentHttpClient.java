package dev.hearth.pool;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The host's HTTP client as one function sees it: borrowed for each request. Closing it, where the JDK has that, does nothing. */
final class LentHttpClient extends HttpClient {

  private final WarmResource.Lender<HttpClient> lender;

  LentHttpClient(WarmResource.Lender<HttpClient> lender) {
    this.lender = lender;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try (WarmResource.Loan<HttpClient> loan = lender.borrow()) {
      return loan.value().send(request, handler);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return whileSending(client -> client.sendAsync(request, handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return whileSending(client -> client.sendAsync(request, handler, pushes));
  }

  private <T> CompletableFuture<T> whileSending(Function<HttpClient, CompletableFuture<T>> send) {
    WarmResource.Loan<HttpClient> loan = lender.borrow();
    CompletableFuture<T> answer;
    try {
      answer = send.apply(loan.value());
    } catch (RuntimeException | Error e) {
      loan.close();
      throw e;
    }
    var unused = answer.whenComplete((response, failure) -> loan.close());
    return answer; // itself, as cancelling it ends the request
  }

  private <V> V setting(Function<HttpClient, V> reader) {
    try (WarmResource.Loan<HttpClient> loan = lender.borrow()) {
      return reader.apply(loan.value());
    }
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return setting(HttpClient::cookieHandler);
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return setting(HttpClient::connectTimeout);
  }

  @Override
  public Redirect followRedirects() {
    return setting(HttpClient::followRedirects);
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return setting(HttpClient::proxy);
  }

  @Override
  public SSLContext sslContext() {
    return setting(HttpClient::sslContext);
  }

  @Override
  public SSLParameters sslParameters() {
    return setting(HttpClient::sslParameters);
  }

  @Override
  public Version version() {
    return setting(HttpClient::version);
  }

  /** None is shown: it holds the host's credentials. */
  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  /** None is shown: its threads are the host's. */
  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }
}
