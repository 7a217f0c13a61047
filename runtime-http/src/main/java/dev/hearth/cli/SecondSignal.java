package dev.hearth.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Ends the process at once when it is told a second time to stop, with 128 plus the signal's number.
 *
 * <p>The JDK runs shutdown hooks on the first signal and ignores further ones until they are done. Its signal
 * API is used by reflection, as the compiler accepts no use of it without a warning; and only once the
 * first signal is there, so that nothing of it is loaded at start.
 */
final class SecondSignal {

  private SecondSignal() {}

  /** Takes over SIGTERM and SIGINT, where the system and the JVM's options allow. */
  static void arm() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object halting =
          Proxy.newProxyInstance(
              SecondSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> halt(method, number, args));
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : new String[] {"TERM", "INT"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
      }
    } catch (ReflectiveOperationException e) {
      // With -Xrs signals do not reach the JVM at all; then the drain limit alone bounds the end.
    }
  }

  private static Object halt(Method method, Method number, Object[] args)
      throws ReflectiveOperationException {
    if (method.getName().equals("handle")) {
      Runtime.getRuntime().halt(ExitCode.SIGNAL + (Integer) number.invoke(args[0]));
    }
    throw new UnsupportedOperationException(method.getName());
  }
}
