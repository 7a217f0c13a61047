package dev.hearth.invoke;

/** Which threads run a function's code. */
public enum Threads {
  /** Virtual where they do not pin on monitors (JDK 24 and newer), platform otherwise. */
  AUTO,
  /** The host's bounded pool of platform threads. */
  PLATFORM,
  /** A virtual thread per call; needs JDK 21. */
  VIRTUAL,
  /** The thread the call arrives on: a server's event loop, or the caller in process. For code that never blocks. */
  EVENT_LOOP
}
