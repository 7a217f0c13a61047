package io.kubeless.samples;

import io.kubeless.Context;
import io.kubeless.Event;

/** Three functions, each named as {@code io.kubeless.samples.Orders::method}. */
public class Orders {

  /** Answers with what it got. */
  public String confirm(Event event, Context context) {
    return "confirmed: " + event.Data;
  }

  /** Tells what it knows about itself. */
  public String describe(Event event, Context context) {
    return context.functionName + " runs for " + context.timeout + " s";
  }

  /** Fails, as functions do. */
  public String cancel(Event event, Context context) {
    throw new IllegalStateException("cannot cancel " + event.Data);
  }
}
