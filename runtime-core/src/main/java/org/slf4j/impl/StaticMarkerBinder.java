package org.slf4j.impl;

import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MarkerFactoryBinder;

/** Gives SLF4J 1.x its markers. */
@SuppressWarnings("deprecation") // the API of that version
public final class StaticMarkerBinder implements MarkerFactoryBinder {

  /** For versions of SLF4J before 1.7.14. */
  public static final StaticMarkerBinder SINGLETON = new StaticMarkerBinder();

  private final IMarkerFactory markers = new BasicMarkerFactory();

  private StaticMarkerBinder() {}

  /** For SLF4J. */
  public static StaticMarkerBinder getSingleton() {
    return SINGLETON;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public String getMarkerFactoryClassStr() {
    return BasicMarkerFactory.class.getName();
  }
}
