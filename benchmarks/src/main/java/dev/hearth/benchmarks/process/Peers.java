package dev.hearth.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Other runtimes, as {@code benchmarks/peers/build} leaves them: a directory each, with {@code function.jar} and {@code lib}. */
final class Peers {

  /** Google's functions framework. */
  static final String FRAMEWORK = "functions-framework";

  /** OpenFaaS's entry point, without its watchdog. */
  static final String OPENFAAS = "OpenFaaS entrypoint";

  /** AWS Lambda's runtime interface client, with a handler of a map. */
  static final String LAMBDA = "Lambda client";

  /** The same with a handler of streams, which needs no JSON. */
  static final String LAMBDA_STREAM = "Lambda client, streams";

  /** Fn's Java kit, with an object as the event. */
  static final String FN = "Fn";

  /** The same with text, which needs no JSON. */
  static final String FN_TEXT = "Fn, text";

  /** Spring Cloud Function behind Spring Boot. */
  static final String SPRING = "Spring Cloud Function";

  /** Quarkus's Funqy over HTTP. */
  static final String FUNQY = "Funqy";

  /** What the classes of Netty's transport by epoll begin with. */
  static final String EPOLL = "io.netty.channel.epoll.Epoll";

  /** What the classes of Netty's transport by io_uring begin with. */
  static final String IO_URING = "io.netty.channel.uring.IoUring";

  private static final Call JSON =
      new Call("application/json", Call.HELLO.event(), Call.HELLO.answer());

  /** As JSON, the answer is a string within quotes. */
  private static final Call QUOTED =
      new Call(JSON.contentType(), JSON.event(), '"' + JSON.answer() + '"');

  private static final Map<String, String> DIRECTORIES = new LinkedHashMap<>();

  static {
    DIRECTORIES.put(FRAMEWORK, "gcf");
    DIRECTORIES.put(OPENFAAS, "openfaas");
    DIRECTORIES.put(LAMBDA, "lambda");
    DIRECTORIES.put(LAMBDA_STREAM, "lambda");
    DIRECTORIES.put(FN, "fn");
    DIRECTORIES.put(FN_TEXT, "fn");
    DIRECTORIES.put(SPRING, "scf");
    DIRECTORIES.put(FUNQY, "funqy");
  }

  private final Path directory;

  Peers(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** All their names. */
  static List<String> names() {
    return List.copyOf(DIRECTORIES.keySet());
  }

  /**
   * Bare Netty on a native transport of Linux.
   *
   * @param ownJar the servers of this package
   * @param transport {@link #EPOLL} or {@link #IO_URING}
   * @throws IOException if its jars were not built
   */
  Contender netty(Path javaHome, Path ownJar, String transport) throws IOException {
    Path lib = directory.resolve("netty/lib");
    if (!Files.isDirectory(lib)) {
      throw new IOException("not built: benchmarks/target/peers/netty.log says why");
    }
    return Contender.java(
        "netty, " + transport.substring(transport.lastIndexOf('.') + 1),
        javaHome,
        ownJar + File.pathSeparator + jars(lib),
        NettyHello.class.getName(),
        transport);
  }

  /** Why a peer cannot be measured; null if it can be. */
  @Nullable String missing(String name) {
    Path home = home(name);
    if (Files.exists(home.resolve("function.jar")) && Files.isDirectory(home.resolve("lib"))) {
      return null;
    }
    return "not built: benchmarks/target/peers/" + DIRECTORIES.get(name) + ".log says why";
  }

  /**
   * A peer without any flag of the JVM.
   *
   * @throws IOException if its jars cannot be listed
   */
  Contender contender(String name, Path javaHome) throws IOException {
    Path home = home(name);
    String function = home.resolve("function.jar").toString();
    String libraries = jars(home.resolve("lib"));
    String all = function + File.pathSeparator + libraries;
    return switch (name) {
      case FRAMEWORK ->
          Contender.java(
                  name,
                  javaHome,
                  libraries,
                  "com.google.cloud.functions.invoker.runner.Invoker",
                  "--classpath",
                  function,
                  "--target",
                  "peer.Hello",
                  "--port",
                  "{port}")
              .entrance(Contender.Entrance.PORT);
      case OPENFAAS ->
          Contender.java(name, javaHome, all, "com.openfaas.entrypoint.App").fixedPort(8082);
      case LAMBDA ->
          lambda(name, javaHome, all, home, "peer.MapHello::handleRequest").asked(QUOTED);
      case LAMBDA_STREAM -> lambda(name, javaHome, all, home, "peer.Hello::handleRequest");
      case FN -> fn(name, javaHome, all, "peer.EventHello::handle").asked(JSON);
      case FN_TEXT -> fn(name, javaHome, all, "peer.Hello::handle");
      case SPRING ->
          Contender.java(
                  name,
                  javaHome,
                  all,
                  "peer.Hello",
                  "--server.port={port}",
                  "--server.address=127.0.0.1")
              .entrance(Contender.Entrance.PORT)
              .at("/greet", "");
      case FUNQY ->
          Contender.of(
                  name,
                  javaHome.resolve("bin/java"),
                  List.of("-jar", home.resolve("quarkus-app/quarkus-run.jar").toString()))
              .entrance(Contender.Entrance.PORT)
              .variable("QUARKUS_HTTP_HOST", "127.0.0.1")
              .variable("QUARKUS_HTTP_PORT", "{port}")
              .at("/hello", "")
              .asked(QUOTED);
      default -> throw new IllegalArgumentException("no peer is called '" + name + "'");
    };
  }

  private static Contender lambda(
      String name, Path javaHome, String classPath, Path home, String handler) {
    return Contender.java(
            name,
            javaHome,
            classPath,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler)
        .entrance(Contender.Entrance.RUNTIME_API)
        .variable("AWS_LAMBDA_RUNTIME_API", "{api}")
        .variable("AWS_LAMBDA_FUNCTION_NAME", "hello")
        .variable("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .variable("AWS_REGION", "eu-west-1")
        .variable("LAMBDA_TASK_ROOT", home.toString());
  }

  private static Contender fn(String name, Path javaHome, String classPath, String handler) {
    return Contender.java(name, javaHome, classPath, "com.fnproject.fn.runtime.EntryPoint", handler)
        .entrance(Contender.Entrance.SOCKET)
        .variable("FN_FORMAT", "http-stream")
        .variable("FN_LISTENER", "unix:{socket}")
        .variable("FN_APP_ID", "app")
        .variable("FN_FN_ID", "hello")
        .variable("FN_APP_NAME", "app")
        .variable("FN_FN_NAME", "hello")
        .variable("FN_MEMORY", "512")
        .variable("FN_TMPSIZE", "0")
        .at("/call", "Fn-Call-Id: 1\r\nFn-Deadline: 2199-01-01T00:00:00.000Z\r\n");
  }

  private Path home(String name) {
    String inside = DIRECTORIES.get(name);
    if (inside == null) {
      throw new IllegalArgumentException("no peer is called '" + name + "'");
    }
    return directory.resolve(inside);
  }

  private static String jars(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      List<String> jars = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        jars.add(file.toString());
      }
      return String.join(File.pathSeparator, jars);
    }
  }
}
