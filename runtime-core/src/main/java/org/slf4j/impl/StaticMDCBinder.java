package org.slf4j.impl;

import dev.hearth.slf4j.CallMdc;
import org.slf4j.spi.MDCAdapter;

/** Gives SLF4J 1.x its MDC. */
public final class StaticMDCBinder {

  /** For versions of SLF4J before 1.7.14. */
  public static final StaticMDCBinder SINGLETON = new StaticMDCBinder();

  private StaticMDCBinder() {}

  /** For SLF4J. */
  public static StaticMDCBinder getSingleton() {
    return SINGLETON;
  }

  /** For SLF4J, which asks once. */
  public MDCAdapter getMDCA() {
    return new CallMdc();
  }

  /** For SLF4J. */
  public String getMDCAdapterClassStr() {
    return CallMdc.class.getName();
  }
}
