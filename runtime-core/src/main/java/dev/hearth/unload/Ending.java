package dev.hearth.unload;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends what a version began, each in the way of its kind, and counts the kinds. Not thread-safe. */
final class Ending {

  private final Map<String, Integer> ended = new TreeMap<>();

  /** What was ended, by kind. */
  Map<String, Integer> kinds() {
    return ended;
  }

  /** Starts shutdown hooks, all at once as the JDK does, and waits for them. */
  void runHooks(List<?> hooks, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (Object each : hooks) {
      if (each instanceof Thread hook && hook.getState() == Thread.State.NEW) {
        hook.start();
        ended.merge("shutdown hook", 1, Integer::sum);
      }
    }
    for (Object each : hooks) {
      if (each instanceof Thread hook) {
        hook.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
    }
  }

  /** Ends one; what has ended by itself is not counted. */
  void end(Object begun) {
    String kind;
    try {
      kind = endHere(begun);
    } catch (IOException | RuntimeException | ReflectiveOperationException e) {
      kind = "could not end " + begun.getClass().getName() + " (" + e + ")";
    }
    if (kind != null) {
      ended.merge(kind, 1, Integer::sum);
    }
  }

  private static @Nullable String endHere(Object begun)
      throws IOException, ReflectiveOperationException {
    if (begun instanceof Thread thread) {
      boolean alive = thread.isAlive() && thread != Thread.currentThread();
      if (alive) {
        thread.interrupt();
      }
      return alive ? "thread" : null;
    }
    if (begun instanceof Timer timer) {
      timer.cancel();
      return "timer";
    }
    if (begun instanceof ExecutorService executor) {
      boolean open = !executor.isTerminated();
      executor.shutdownNow();
      return open ? "executor" : null;
    }
    if (begun instanceof Process process) {
      return end(process);
    }
    if (begun instanceof Closeable closeable) {
      closeable.close();
      return kindOf(begun);
    }
    return endOther(begun);
  }

  private static @Nullable String end(Process process) {
    if (!process.isAlive()) {
      return null;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return "process";
  }

  /** Of types that not every JDK has, or whose module may not be there. */
  private static @Nullable String endOther(Object begun) throws ReflectiveOperationException {
    for (Class<?> type = begun.getClass(); type != null; type = type.getSuperclass()) {
      switch (type.getName()) {
        case "com.sun.net.httpserver.HttpServer" -> {
          type.getMethod("stop", int.class).invoke(begun, 0);
          return "HTTP server";
        }
        case "java.nio.channels.AsynchronousChannelGroup" -> {
          type.getMethod("shutdownNow").invoke(begun);
          return "channel group";
        }
        case "java.lang.ThreadGroup" -> {
          return endGroup(type, begun) ? "thread group" : null;
        }
        case "java.rmi.server.UnicastRemoteObject", "sun.rmi.registry.RegistryImpl" -> {
          return unexport(begun) ? "RMI object" : null;
        }
        default -> {
          // one of its parents may be known
        }
      }
    }
    return null;
  }

  /** Until JDK 19 a group stays in its parent's list until it is destroyed; one that is a daemon is so with its last thread. */
  private static boolean endGroup(Class<?> type, Object group) throws ReflectiveOperationException {
    if (Runtime.version().feature() >= 19) {
      return false;
    }
    type.getMethod("setDaemon", boolean.class).invoke(group, true);
    try {
      type.getMethod("destroy").invoke(group);
      return true;
    } catch (InvocationTargetException e) {
      return false; // it has threads
    }
  }

  private static boolean unexport(Object remote) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.rmi.server.UnicastRemoteObject");
    Class<?> parameter = Class.forName("java.rmi.Remote");
    try {
      type.getMethod("unexportObject", parameter, boolean.class).invoke(null, remote, true);
      return true;
    } catch (InvocationTargetException e) {
      return false; // it was not exported any more
    }
  }

  /** The JDK's name for it, not that of a class behind. */
  private static String kindOf(Object begun) {
    for (Class<?> type = begun.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("java.")) {
        return type.getSimpleName();
      }
    }
    return begun.getClass().getSimpleName();
  }
}
