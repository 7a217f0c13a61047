package io.nuclio;

/** What surrounds the handling of events. */
public interface Context {

  /** Where the function logs. */
  Logger getLogger();
}
