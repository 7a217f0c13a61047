package dev.hearth.http;

import io.netty.util.internal.PlatformDependent;

/** Settings of Netty that can only be made before its classes are initialised. */
final class NettySettings {

  private static final String JFR = "io.netty.jfr.enabled";

  private NettySettings() {}

  /**
   * Leaves Flight Recorder events off, unless the user said otherwise: merely registering them initialises the
   * recorder, the largest single part of Netty's start. The property is gone again afterwards.
   */
  static synchronized void apply() {
    if (System.getProperty(JFR) != null) {
      return;
    }
    System.setProperty(JFR, "false");
    try {
      PlatformDependent.isJfrEnabled();
    } finally {
      System.clearProperty(JFR);
    }
  }
}
