package dev.hearth.benchmarks.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * OpenWhisk's Java action proxy, compiled from its sources, with an action that does what the function does. It needs the Security
 * Manager, which JDKs have up to 23.
 */
final class OpenWhisk {

  /** How tables call it. */
  static final String NAME = "OpenWhisk proxy";

  private static final int PORT = 8080;
  private static final int LAST_WITH_SECURITY_MANAGER = 23;
  private static final String ACTION =
      """
      import com.google.gson.JsonObject;
      public final class Action {
        public static JsonObject main(JsonObject event) {
          JsonObject answer = new JsonObject();
          answer.addProperty("text", "Hello, " + event.get("name").getAsString() + "!");
          return answer;
        }
      }
      """;

  private OpenWhisk() {}

  /** Why it cannot run on a JDK; empty if it can. */
  static String unfit(int feature) {
    return feature > LAST_WITH_SECURITY_MANAGER
        ? "not measured: it needs the Security Manager, which JDK " + feature + " has no more"
        : "";
  }

  /**
   * Builds it.
   *
   * @param sources a checkout of its repository
   * @param gson the library it and its actions use
   * @param directory where to
   * @throws IOException if something is missing there or does not compile
   */
  static Generic build(Path sources, Path gson, Path directory, Path javaHome) throws IOException {
    Path proxy = directory.resolve("openwhisk.jar");
    jar(
        compile(
            javaFiles(sources.resolve("core/java8/proxy/src/main/java")),
            gson,
            directory.resolve("ow")),
        proxy);
    Path action = Files.createDirectories(directory.resolve("ow-action")).resolve("Action.java");
    Files.writeString(action, ACTION);
    Path actionJar = directory.resolve("action.jar");
    jar(compile(List.of(action), gson, directory.resolve("ow-action-classes")), actionJar);
    String code = Base64.getEncoder().encodeToString(Files.readAllBytes(actionJar));
    Contender contender =
        Contender.java(
                NAME,
                javaHome,
                proxy + File.pathSeparator + gson,
                "org.apache.openwhisk.runtime.java.action.Proxy")
            .options(List.of("-Djava.security.manager=allow"))
            .fixedPort(PORT);
    return new Generic(
        contender,
        Wire.post(
            "/init",
            "application/json",
            "{\"value\":{\"name\":\"hello\",\"main\":\"Action\",\"binary\":true,\"code\":\""
                + code
                + "\"}}"),
        Wire.post("/run", "application/json", "{\"value\":{\"name\":\"x\"}}"),
        "{\"text\":\"Hello, x!\"}");
  }

  private static List<Path> javaFiles(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException(
          "no " + directory + "; --openwhisk wants a checkout of openwhisk-runtime-java");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Path compile(List<Path> sources, Path gson, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("the Java that runs this has no compiler; run it with a JDK");
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--release",
            "17",
            "-nowarn",
            "-proc:none",
            "-cp",
            gson.toString(),
            "-d",
            classes.toString()));
    for (Path source : sources) {
      arguments.add(source.toString());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    if (compiler.run(null, said, said, arguments.toArray(new String[0])) != 0) {
      throw new IOException("OpenWhisk does not compile: " + said.toString(StandardCharsets.UTF_8));
    }
    return classes;
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (Stream<Path> files = Files.walk(classes);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
      }
    }
  }
}
