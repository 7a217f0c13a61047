package dev.hearth.benchmarks.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hearth in the ways it is run, and the servers that show what can be had. */
final class Contenders {

  private Contenders() {}

  /** Hearth's distribution with a function, answering by the native contract. */
  static Contender hearth(String name, Path distribution, Path javaHome, Deployed function) {
    return launched(
            name,
            distribution,
            javaHome,
            function.jar().toString(),
            "--handler",
            function.handler(),
            "--contract",
            "native")
        .asked(function.call());
  }

  /** Hearth's distribution without a function, waiting to be told by Fission's contract. */
  static Contender generic(Path distribution, Path javaHome) {
    return launched("hearth, generic", distribution, javaHome, "--contract", "fission");
  }

  /** Hearth's distribution with what a file says. */
  static Contender configured(String name, Path distribution, Path javaHome, Path configuration) {
    return launched(
        name, distribution, javaHome, "--contract", "native", "--config", configuration.toString());
  }

  /** Hearth's distribution with other arguments of {@code run}. */
  static Contender launched(String name, Path distribution, Path javaHome, String... arguments) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--admin-port", "0"));
    return Contender.of(name, distribution.resolve("bin/hearth"), all)
        .variable("HEARTH_JAVA_HOME", javaHome.toString())
        .variable("JAVA_HOME", javaHome.toString());
  }

  /** Hearth without its launcher and what that adds: the JVM's defaults and no cache. */
  static Contender plain(Path distribution, Path javaHome, Deployed function) {
    List<String> arguments =
        List.of(
            "-jar",
            distribution.resolve("lib/hearth.jar").toString(),
            "run",
            function.jar().toString(),
            "--handler",
            function.handler(),
            "--contract",
            "native",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--admin-port",
            "0");
    return Contender.of("hearth, java -jar", javaHome.resolve("bin/java"), arguments)
        .asked(function.call());
  }

  /**
   * Bare Netty.
   *
   * @param classPath where it and Netty are; what else is there is left out
   */
  static Contender netty(Path javaHome, String classPath) {
    return Contender.java("netty", javaHome, netty(classPath), NettyHello.class.getName());
  }

  /** Netty tuned in code. */
  static Contender tuned(Path javaHome, String classPath) {
    return Contender.java("netty, tuned", javaHome, netty(classPath), NettyTuned.class.getName());
  }

  /** The JDK's own HTTP server. */
  static Contender jdk(Path javaHome, String classPath) {
    return Contender.java("JDK server", javaHome, classPath, JdkHello.class.getName());
  }

  /** What of a class path a Netty server needs. */
  private static String netty(String classPath) {
    List<String> needed = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      String file = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
      if (!file.endsWith(".jar") || file.startsWith("netty-") || file.equals(OwnJar.NAME)) {
        needed.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, needed);
  }
}
