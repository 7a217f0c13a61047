package dev.hearth.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server that can be started as a process, and how it is called. Immutable; what changes one gives another.
 *
 * <p>Its command and variables may name, in braces, what is made anew for each process: {@code {port}} a free port, {@code
 * {socket}} the path of a Unix socket, {@code {api}} the address of a Lambda Runtime API.
 */
final class Contender {

  /** How its process is reached. */
  enum Entrance {
    /** By HTTP, at the address it prints when it is ready. */
    ANNOUNCED,
    /** By HTTP, at the port its command names. */
    PORT,
    /** By HTTP over the Unix socket its command names. */
    SOCKET,
    /** It asks a Runtime API for its calls. */
    RUNTIME_API
  }

  private final String name;
  private final String program;
  private final List<String> options;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Entrance entrance;
  private final int port;
  private final String path;
  private final String headers;
  private final Call call;

  private Contender(
      String name,
      String program,
      List<String> options,
      List<String> arguments,
      Map<String, String> environment,
      Entrance entrance,
      int port,
      String path,
      String headers,
      Call call) {
    this.name = name;
    this.program = program;
    this.options = List.copyOf(options);
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.entrance = entrance;
    this.port = port;
    this.path = path;
    this.headers = headers;
    this.call = call;
  }

  /** A program that announces where it listens, and is asked for a greeting at {@code /}. */
  static Contender of(String name, Path program, List<String> arguments) {
    return new Contender(
        name,
        program.toString(),
        List.of(),
        arguments,
        Map.of(),
        Entrance.ANNOUNCED,
        0,
        "/",
        "",
        Call.HELLO);
  }

  /** A class run by a JDK without any option. */
  static Contender java(
      String name, Path javaHome, String classPath, String main, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-cp", classPath, main));
    all.addAll(List.of(arguments));
    return of(name, javaHome.resolve("bin/java"), all);
  }

  Contender named(String other) {
    return new Contender(
        other, program, options, arguments, environment, entrance, port, path, headers, call);
  }

  /** With these options of the JVM instead of those before; only for one that is started by {@code java}. */
  Contender options(List<String> others) {
    return new Contender(
        name, program, others, arguments, environment, entrance, port, path, headers, call);
  }

  /** With a further variable. */
  Contender variable(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Contender(
        name, program, options, arguments, more, entrance, port, path, headers, call);
  }

  Contender entrance(Entrance other) {
    return new Contender(
        name, program, options, arguments, environment, other, port, path, headers, call);
  }

  /** With a port that it takes whatever it is told. */
  Contender fixedPort(int fixed) {
    return new Contender(
        name, program, options, arguments, environment, Entrance.PORT, fixed, path, headers, call);
  }

  /** Called at this path, with these header lines, each with its line end. */
  Contender at(String otherPath, String otherHeaders) {
    return new Contender(
        name,
        program,
        options,
        arguments,
        environment,
        entrance,
        port,
        otherPath,
        otherHeaders,
        call);
  }

  /** Asked for something else. */
  Contender asked(Call other) {
    return new Contender(
        name, program, options, arguments, environment, entrance, port, path, headers, other);
  }

  List<String> options() {
    return options;
  }

  String name() {
    return name;
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }

  /** Variables besides those inherited. */
  Map<String, String> environment() {
    return environment;
  }

  Entrance entrance() {
    return entrance;
  }

  /** 0 for a free one. */
  int port() {
    return port;
  }

  Call call() {
    return call;
  }

  /** The bytes of its request. */
  byte[] request() {
    return Wire.post(path, call.contentType(), headers, call.event());
  }

  /** Its JVM's options as text, paths left out. */
  String flags() {
    return String.join(" ", options).replaceAll("=/[^ ]*", "=…");
  }
}
