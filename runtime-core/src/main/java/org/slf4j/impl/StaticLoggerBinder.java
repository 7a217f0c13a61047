package org.slf4j.impl;

import dev.hearth.slf4j.HearthLoggers;
import org.slf4j.ILoggerFactory;
import org.slf4j.spi.LoggerFactoryBinder;

/** Gives SLF4J 1.x its loggers. */
@SuppressWarnings("deprecation") // the API of that version
public final class StaticLoggerBinder implements LoggerFactoryBinder {

  /** Read by SLF4J, which warns of versions it does not know; no constant, so that nobody copies it. */
  public static final String REQUESTED_API_VERSION = String.valueOf("1.7");

  private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

  private final ILoggerFactory loggers = new HearthLoggers();

  private StaticLoggerBinder() {}

  /** For SLF4J. */
  public static StaticLoggerBinder getSingleton() {
    return SINGLETON;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public String getLoggerFactoryClassStr() {
    return HearthLoggers.class.getName();
  }
}
