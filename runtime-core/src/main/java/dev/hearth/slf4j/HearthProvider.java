package dev.hearth.slf4j;

import dev.hearth.function.Log;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What SLF4J 2 finds as a service. */
public final class HearthProvider implements SLF4JServiceProvider {

  private final ILoggerFactory loggers = new EventLoggers();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new CallMdc();

  /** For SLF4J. */
  public HearthProvider() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0";
  }

  @Override
  public void initialize() {
    // All is made with this object.
  }

  private static final class EventLoggers extends HearthLoggers {
    @Override
    Logger make(String name, Log to) {
      return new EventLogger(name, to);
    }
  }
}
