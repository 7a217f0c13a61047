package com.example.nuclio;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Fails, as handlers do. */
public class Fails implements EventHandler {

  @Override
  public Response handleEvent(Context context, Event event) {
    throw new IllegalStateException("out of stock");
  }
}
