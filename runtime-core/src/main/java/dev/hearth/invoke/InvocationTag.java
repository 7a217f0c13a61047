package dev.hearth.invoke;

import dev.hearth.log.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What names an invocation in log lines. Thread-safe; refers to nothing of the function, so that threads and buffers that outlive
 * the call may keep it.
 *
 * <p>Threads that a function starts while it is called inherit it. As such a thread may serve other calls later, its tag counts until the
 * call has ended, and then it has none: a line without an id is better than one with another call's.
 */
public final class InvocationTag {

  private final String function;
  private final String version;
  private final String invocation;
  private final @Nullable String traceparent;
  private volatile boolean over;

  InvocationTag(Invocation of) {
    function = of.environment().function();
    version = of.environment().version();
    invocation = of.id();
    traceparent = of.call().traceparent();
  }

  /** Of the invocation that the calling thread works for; null outside of one. */
  public static @Nullable InvocationTag current() {
    Object here = Invocation.here();
    if (here instanceof Invocation running) {
      return running.tag();
    }
    return here instanceof InvocationTag inherited && !inherited.over ? inherited : null;
  }

  /** The same as a log's lines carry it. */
  public Origin origin() {
    return Origin.of(function, version, invocation, traceparent);
  }

  /** The call has ended: what inherited this no longer works for it. */
  void end() {
    over = true;
  }

  /** The function's name. */
  public String function() {
    return function;
  }

  /** The version that runs. */
  public String version() {
    return version;
  }

  /** The invocation's id. */
  public String invocation() {
    return invocation;
  }

  /** The caller's W3C {@code traceparent}, or null. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  @Override
  public String toString() {
    return function + " " + version + " " + invocation;
  }
}
