package com.example.nuclio;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;

/** Reverses the body. */
public class Reverser implements EventHandler {

  @Override
  public Response handleEvent(Context context, Event event) {
    String body = new String(event.getBody(), StandardCharsets.UTF_8);
    context.getLogger().info("reversing");
    return new Response().setBody(new StringBuilder(body).reverse().toString());
  }
}
