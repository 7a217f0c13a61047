package dev.hearth.http.contract.kubeless;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Start.Said;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kubeless, or Kyma's serverless module: variables say where the code is, what is called, on which port, and how long a call may
 * take.
 */
public final class KubelessPlatform implements Platform {

  static final int PORT = 8080;

  private static final String DIRECTORY = "/kubeless";
  private static final String BUILT = "function/target/function-1.0-SNAPSHOT.jar";
  private static final String LIBRARIES = "lib";
  private static final long SECONDS = 180;
  private static final long MOST_SECONDS = 31_536_000;
  private static final String PUBLISHER = "PUBLISHER_PROXY_ADDRESS";
  private static final String KYMAS_PUBLISHER =
      "http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish";

  @Override
  public String name() {
    return "kubeless";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new KubelessContract(host);
  }

  @Override
  public Start start(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Flavour flavour = Flavour.of(environment);
    Start.Builder start = Start.builder().variables(ofFunction(environment, flavour));
    archive(variables, start);
    handler(variables, flavour, start);
    listen(variables, start);
    Said<String> name = variables.text("FUNC_NAME");
    if (name != null && Hearth.isName(name.value())) {
      start.name(name.value(), name.variable());
    }
    Said<Long> timeout = variables.number(1, MOST_SECONDS, "FUNC_TIMEOUT");
    start.runTimeout(
        Duration.ofSeconds(timeout == null ? SECONDS : timeout.value()),
        timeout == null ? "FUNC_TIMEOUT, which is not set" : timeout.variable());
    Said<Long> drain = variables.number(0, MOST_SECONDS, "SHUTDOWN_TIMEOUT");
    if (drain != null) {
      start.drain(Duration.ofSeconds(drain.value()), drain.variable());
    }
    Said<Long> threads = variables.number(1, 1000, "SERVER_NUMTHREADS", "CHERRYPY_NUMTHREADS");
    if (threads != null) {
      start.concurrency(threads.value().intValue(), threads.variable());
    }
    return start.build();
  }

  /**
   * What Kubeless' build leaves in its volume, with the libraries beside it; else the volume itself, with a jar or classes in
   * it.
   */
  private static void archive(Variables variables, Start.Builder start) {
    Said<String> said = variables.text("FUNCTION_PATH", "KUBELESS_INSTALL_VOLUME");
    String variable = said == null ? "KUBELESS_INSTALL_VOLUME, which is not set" : said.variable();
    try {
      Path directory = Path.of(said == null ? DIRECTORY : said.value());
      Path built = directory.resolve(BUILT);
      boolean isBuilt = Files.isRegularFile(built);
      start.archive(isBuilt ? built : directory, variable);
      if (isBuilt) {
        start.behind(jars(directory.resolve(LIBRARIES)));
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(variable + " is no path: " + e.getMessage(), e);
    }
  }

  private static List<Path> jars(Path directory) {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : found) {
          jars.add(jar);
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(directory + " cannot be read: " + e.getMessage(), e);
      }
    }
    Collections.sort(jars);
    return jars;
  }

  private static void handler(Variables variables, Flavour flavour, Start.Builder start) {
    Said<String> type = variables.text("HANDLER_MOD_NAME", "MOD_NAME");
    Said<String> method = variables.text("HANDLER_FUNC_NAME", "FUNC_HANDLER");
    if (type == null || isKymasDefault(flavour, type, method)) {
      return;
    }
    String handler = className(type.value());
    start.handler(
        method == null ? handler : handler + "::" + method.value(),
        method == null ? type.variable() : type.variable() + " and " + method.variable());
  }

  /** What Kyma's controller sets for Python, whatever the image is. */
  private static boolean isKymasDefault(
      Flavour flavour, Said<String> type, @Nullable Said<String> method) {
    return flavour == Flavour.KYMA
        && type.value().equals("handler")
        && (method == null || method.value().equals("main"));
  }

  /**
   * Kubeless' handlers have one dot, so that packages cannot be written with dots: its runtime for ready-made jars takes
   * {@code com_acme_Foo} for {@code com.acme.Foo}.
   */
  private static String className(String name) {
    int last = name.lastIndexOf('_') + 1;
    boolean packaged =
        last > 0
            && last < name.length()
            && name.indexOf('.') < 0
            && Character.isLowerCase(name.charAt(0))
            && Character.isUpperCase(name.charAt(last));
    return packaged ? name.replace('_', '.') : name;
  }

  private static void listen(Variables variables, Start.Builder start) {
    Said<String> host = variables.text("SERVER_HOST");
    Said<Long> port = variables.number(0, 65_535, "SERVER_PORT", "FUNC_PORT");
    if (host == null && port == null) {
      return;
    }
    start.listen(
        new Listen(
            host == null ? "0.0.0.0" : host.value(), port == null ? PORT : port.value().intValue()),
        port != null ? port.variable() : "SERVER_HOST");
  }

  /** What the function's context, and the sending of its events, go by. */
  private static Map<String, String> ofFunction(Map<String, String> environment, Flavour flavour) {
    Map<String, String> own = new HashMap<>();
    for (String name :
        new String[] {
          "MOD_NAME",
          "FUNC_HANDLER",
          "HANDLER_MOD_NAME",
          "HANDLER_FUNC_NAME",
          "FUNC_TIMEOUT",
          "FUNC_RUNTIME",
          "FUNC_MEMORY_LIMIT",
          "FUNC_NAME",
          "SERVICE_NAMESPACE",
          PUBLISHER
        }) {
      String value = environment.get(name);
      if (value != null) {
        own.put(name, value);
      }
    }
    if (flavour == Flavour.KYMA) {
      own.putIfAbsent(PUBLISHER, KYMAS_PUBLISHER);
    }
    return own;
  }
}
