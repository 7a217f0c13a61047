package com.example.nuclio;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;

/** Says no, with a status, a type and a header. */
public class Teapot implements EventHandler {

  @Override
  public Response handleEvent(Context context, Event event) {
    return new Response()
        .setStatusCode(418)
        .setContentType("application/json")
        .setHeaders(Map.of("X-Path", event.getPath()))
        .setBody("{\"short\":true}");
  }
}
