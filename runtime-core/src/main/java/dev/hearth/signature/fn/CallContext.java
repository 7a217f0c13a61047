package dev.hearth.signature.fn;

import com.fnproject.fn.api.Headers;
import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.InvocationListener;
import com.fnproject.fn.api.RuntimeContext;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The context of one call: who listens to its end, and headers that override those of its answer. Thread-safe. */
final class CallContext implements InvocationContext {

  private final FunctionRuntime runtime;
  private final CallEvent event;
  private final List<InvocationListener> listeners = new CopyOnWriteArrayList<>();

  @GuardedBy("this")
  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  CallContext(FunctionRuntime runtime, CallEvent event) {
    this.runtime = runtime;
    this.event = event;
  }

  CallEvent event() {
    return event;
  }

  /** Tells the listeners how the call ended; what they throw changes nothing. */
  void ended(boolean success) {
    for (InvocationListener listener : listeners) {
      try {
        if (success) {
          listener.onSuccess();
        } else {
          listener.onFailure();
        }
      } catch (RuntimeException e) {
        // The call has ended, whatever a listener makes of it.
      }
    }
  }

  /** The headers set so far, by canonical names. */
  synchronized Map<String, List<String>> headers() {
    return new LinkedHashMap<>(headers);
  }

  @Override
  public RuntimeContext getRuntimeContext() {
    return runtime;
  }

  @Override
  public void addListener(InvocationListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public Headers getRequestHeaders() {
    return event.getHeaders();
  }

  @Override
  public synchronized void addResponseHeader(String key, String value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    List<String> values =
        new ArrayList<>(headers.getOrDefault(Headers.canonicalKey(key), List.of()));
    values.add(value);
    headers.put(Headers.canonicalKey(key), values);
  }

  /** Sets all the values; a null as the first takes back what was set. */
  @Override
  public synchronized void setResponseHeader(String key, @Nullable String value, String... others) {
    String name = Headers.canonicalKey(Objects.requireNonNull(key, "key"));
    List<String> values = new ArrayList<>(1 + others.length);
    for (String other : others) {
      values.add(Objects.requireNonNull(other, "null among the values"));
    }
    if (value == null) {
      headers.remove(name);
    } else {
      values.add(0, value);
      headers.put(name, values);
    }
  }
}
