package dev.hearth.benchmarks.process;

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

  /** Bare Netty, without any flag. */
  static Contender netty(Path javaHome, String classPath) {
    return new Contender(
        "netty",
        List.of(
            javaHome.resolve("bin/java").toString(), "-cp", classPath, NettyHello.class.getName()),
        Map.of());
  }
}
