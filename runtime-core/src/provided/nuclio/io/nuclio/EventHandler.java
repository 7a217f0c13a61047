package io.nuclio;

/** What a Nuclio function implements; constructed once per worker, without arguments. */
public interface EventHandler {

  /** Handles one event. */
  Response handleEvent(Context context, Event event);
}
