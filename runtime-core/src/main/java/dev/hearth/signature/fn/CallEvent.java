package dev.hearth.signature.fn;

import com.fnproject.fn.api.Headers;
import com.fnproject.fn.api.InputEvent;
import dev.hearth.function.Context;
import dev.hearth.function.Request;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The event of one call: its request. Headers are made when asked for. Thread-safe. */
final class CallEvent implements InputEvent {

  static final String CALL_ID = "Fn-Call-Id";
  private static final String DEADLINE = "Fn-Deadline";
  private static final Duration NO_LIMIT = Duration.ofHours(1);

  /** Headers of the connection, which Fn's kit keeps to itself. */
  private static final Set<String> HIDDEN =
      Set.of("host", "accept-encoding", "transfer-encoding", "user-agent", "connection", "te");

  private final Request request;
  private final Context context;
  private final AtomicBoolean consumed = new AtomicBoolean();
  private volatile @Nullable Headers headers;
  private volatile @Nullable Instant deadline;

  CallEvent(Request request, Context context) {
    this.request = request;
    this.context = context;
  }

  Request request() {
    return request;
  }

  /** Whether Fn made the call, rather than a platform that knows nothing of Fn. */
  static boolean isFromFn(Request request) {
    return request.headers().first(CALL_ID).isPresent();
  }

  @Override
  public <T> T consumeBody(Function<InputStream, T> reader) {
    takeBody();
    return reader.apply(request.body());
  }

  /**
   * Consumes the body.
   *
   * @throws BodyException if it broke off
   */
  byte[] bytes() {
    takeBody();
    try {
      return request.bytes();
    } catch (IOException e) {
      throw new BodyException("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private void takeBody() {
    if (!consumed.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the body has already been consumed; let one parameter or one call of consumeBody have it");
    }
  }

  @Override
  public String getCallID() {
    Optional<String> id = request.headers().first(CALL_ID);
    return id.isPresent() ? id.get() : context.id();
  }

  @Override
  public Instant getDeadline() {
    Instant known = deadline;
    if (known == null) {
      known = findDeadline();
      deadline = known;
    }
    return known;
  }

  private Instant findDeadline() {
    Optional<String> said = request.headers().first(DEADLINE);
    if (said.isPresent()) {
      try {
        return OffsetDateTime.parse(said.get()).toInstant();
      } catch (DateTimeParseException e) {
        // What the host knows is as good.
      }
    }
    return Instant.now().plus(context.remaining().orElse(NO_LIMIT));
  }

  @Override
  public Headers getHeaders() {
    Headers known = headers;
    if (known == null) {
      known = visible();
      headers = known;
    }
    return known;
  }

  private Headers visible() {
    Map<String, List<String>> lines = new HashMap<>();
    for (String name : request.headers().names()) {
      if (!HIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
        lines.put(name, request.headers().all(name));
      }
    }
    return Headers.emptyHeaders().setHeaders(lines);
  }

  @Override
  public void close() throws IOException {
    request.body().close();
  }
}
