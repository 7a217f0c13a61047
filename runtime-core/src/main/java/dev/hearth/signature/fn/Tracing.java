package dev.hearth.signature.fn;

import com.fnproject.fn.api.Headers;
import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.RuntimeContext;
import com.fnproject.fn.api.tracing.TracingContext;
import java.util.Locale;

/**
 * Where a call stands in a trace: its B3 headers, and what two variables of hosted Fn say about tracing. Ids of a trace that is not there
 * are {@code 1}, as in Fn's kit.
 */
final class Tracing implements TracingContext {

  private static final String NO_COLLECTOR = "http://localhost:9411/api/v2/span";
  private static final String NO_ID = "1";

  private final InvocationContext call;

  Tracing(InvocationContext call) {
    this.call = call;
  }

  @Override
  public InvocationContext getInvocationContext() {
    return call;
  }

  @Override
  public RuntimeContext getRuntimeContext() {
    return call.getRuntimeContext();
  }

  /** Whether {@code OCI_TRACING_ENABLED} is a number other than 0, and there is a collector. */
  @Override
  public Boolean isTracingEnabled() {
    String enabled = variable("OCI_TRACING_ENABLED");
    try {
      return getRuntimeContext().getConfigurationByKey("OCI_TRACE_COLLECTOR_URL").isPresent()
          && Integer.parseInt(enabled) != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String variable(String name) {
    return getRuntimeContext().getConfigurationByKey(name).orElse("");
  }

  @Override
  public String getAppName() {
    return getRuntimeContext().getAppName();
  }

  @Override
  public String getFunctionName() {
    return getRuntimeContext().getFunctionName();
  }

  @Override
  public String getServiceName() {
    return getAppName().toLowerCase(Locale.ROOT)
        + "::"
        + getFunctionName().toLowerCase(Locale.ROOT);
  }

  @Override
  public String getTraceCollectorURL() {
    String url = variable("OCI_TRACE_COLLECTOR_URL");
    return url.isEmpty() ? NO_COLLECTOR : url;
  }

  @Override
  public String getTraceId() {
    return id("X-B3-Traceid");
  }

  @Override
  public String getSpanId() {
    return id("X-B3-Spanid");
  }

  @Override
  public String getParentSpanId() {
    return id("X-B3-Parentspanid");
  }

  private String id(String header) {
    return isTracingEnabled() && isSampled() ? header(header, NO_ID) : NO_ID;
  }

  @Override
  public Boolean isSampled() {
    return !isTracingEnabled() || !header("X-B3-Sampled", "1").strip().equals("0");
  }

  @Override
  public String getFlags() {
    return isTracingEnabled() ? header("X-B3-Flags", "") : "";
  }

  private String header(String name, String otherwise) {
    Headers headers = call.getRequestHeaders();
    return headers.get(name).orElse(otherwise);
  }
}
