package dev.hearth.signature.azure;

import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.TraceContext;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import dev.hearth.function.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One call, as its function and middlewares see it. Belongs to the thread that runs the call, but for what the host tells, which any thread
 * may read.
 */
final class CallContext implements MiddlewareContext {

  private final Function function;
  private final Context call;
  private final Source source;
  private final CallLog log;
  private final Map<String, Object> replacements = new HashMap<>();
  private final List<OutputValue> outputs = new ArrayList<>(2);
  private volatile @Nullable Logger logger; // made when first asked for
  private @Nullable Object returned;

  CallContext(Function function, Context call, Source source, CallLog log) {
    this.function = function;
    this.call = call;
    this.source = source;
    this.log = log;
  }

  Function function() {
    return function;
  }

  Source source() {
    return source;
  }

  /** What a middleware put in the place of a binding's data; null for nothing. */
  @Nullable Object replacement(String binding) {
    return replacements.get(binding);
  }

  /** Takes what the function gives to an output, whichever of its parameters says so. */
  OutputValue output(Declaration binding) {
    for (OutputValue known : outputs) {
      if (known.binding().name().equals(binding.name())) {
        return known;
      }
    }
    OutputValue made = new OutputValue(binding);
    outputs.add(made);
    return made;
  }

  /** The outputs that the function takes, in the order of its parameters. */
  List<OutputValue> outputs() {
    return outputs;
  }

  /** What the function, or a middleware in its place, returned; null where the function has nothing to return. */
  @Nullable Object result() {
    return function.returnsSomething() ? returned : null;
  }

  @Override
  public synchronized Logger getLogger() {
    Logger made = logger;
    if (made == null) {
      made = log.logger();
      logger = made;
    }
    return made;
  }

  @Override
  public String getInvocationId() {
    return call.id();
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public TraceContext getTraceContext() {
    HttpMessage http = source.http();
    Map<String, String> headers = http == null ? Map.of() : http.headers();
    return new Trace(
        call.traceparent().orElse(headers.getOrDefault("traceparent", "")),
        headers.getOrDefault("tracestate", ""));
  }

  private record Trace(String parent, String state) implements TraceContext {
    @Override
    public String getTraceparent() {
      return parent;
    }

    @Override
    public String getTracestate() {
      return state;
    }

    @Override
    public Map<String, String> getAttributes() {
      return Map.of();
    }
  }

  @Override
  public RetryContext getRetryContext() {
    return source.retry();
  }

  @Override
  public @Nullable String getParameterName(String annotationSimpleClassName) {
    for (Argument argument : function.arguments()) {
      Declaration binding = argument.binding();
      if (binding != null
          && binding
              .annotation()
              .annotationType()
              .getSimpleName()
              .equals(annotationSimpleClassName)) {
        return binding.name();
      }
    }
    return null;
  }

  @Override
  public @Nullable Object getParameterValue(String name) {
    return source.text(name);
  }

  @Override
  public void updateParameterValue(String name, Object value) {
    replacements.put(name, value);
  }

  @Override
  public @Nullable Object getReturnValue() {
    return returned;
  }

  @Override
  public void updateReturnValue(@Nullable Object value) {
    returned = value;
  }
}
