package dev.hearth.benchmarks.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that can be started as a process.
 *
 * @param name how tables call it
 * @param command what starts it
 * @param environment variables besides those inherited
 */
record Contender(String name, List<String> command, Map<String, String> environment) {

  /** Hearth's distribution with a function, answering by the native contract. */
  static Contender hearth(Path distribution, Path javaHome, Path jar, String handler) {
    return hearth(
        "hearth",
        distribution,
        javaHome,
        jar.toString(),
        "--handler",
        handler,
        "--contract",
        "native");
  }

  /** Hearth's distribution without a function, waiting to be told by Fission's contract. */
  static Contender generic(Path distribution, Path javaHome) {
    return hearth("hearth, generic", distribution, javaHome, "--contract", "fission");
  }

  private static Contender hearth(
      String name, Path distribution, Path javaHome, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(distribution.resolve("bin/hearth").toString());
    command.add("run");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--admin-port", "0"));
    return new Contender(
        name,
        command,
        Map.of("HEARTH_JAVA_HOME", javaHome.toString(), "JAVA_HOME", javaHome.toString()));
  }

  /** The same function on the connections' own event loops. */
  static Contender eventLoop(Path distribution, Path javaHome, Path configuration) {
    return hearth(
        "hearth, event-loop",
        distribution,
        javaHome,
        "--contract",
        "native",
        "--config",
        configuration.toString());
  }

  /** Hearth without its launcher and what that adds: the JVM's defaults and no cache. */
  static Contender plain(Path distribution, Path javaHome, Path jar, String handler) {
    return new Contender(
        "hearth, java -jar",
        List.of(
            javaHome.resolve("bin/java").toString(),
            "-jar",
            distribution.resolve("lib/hearth.jar").toString(),
            "run",
            jar.toString(),
            "--handler",
            handler,
            "--contract",
            "native",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--admin-port",
            "0"),
        Map.of());
  }

  /**
   * Bare Netty, without any flag.
   *
   * @param classPath where it and Netty are; what else is there is left out
   */
  static Contender netty(Path javaHome, String classPath) {
    return netty("netty", NettyHello.class, javaHome, needed(classPath), List.of());
  }

  /** Netty tuned in code, without any flag. */
  static Contender tuned(Path javaHome, String classPath) {
    return netty("netty, tuned", NettyTuned.class, javaHome, needed(classPath), List.of());
  }

  /**
   * Netty tuned in code, with given options.
   *
   * @param classPath jars only, as archives want it
   */
  static Contender tunedBest(Path javaHome, String classPath, List<String> options) {
    return netty("netty, tuned, best flags", NettyTuned.class, javaHome, classPath, options);
  }

  private static Contender netty(
      String name, Class<?> main, Path javaHome, String classPath, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    return new Contender(name, command, Map.of());
  }

  /** What of a class path a Netty server needs. */
  static String needed(String classPath) {
    List<String> needed = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      String file = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
      if (file.equals("classes") || file.startsWith("netty-")) {
        needed.add(entry);
      }
    }
    return String.join(File.pathSeparator, needed);
  }
}
