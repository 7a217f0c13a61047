package dev.hearth.http.contract.knative;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knative. {@code PORT} says where to listen (Serving's runtime contract, "Process"), {@code LISTEN_ADDRESS} says it in full
 * (func's language pack contract) and goes before it; {@code K_SERVICE}, {@code K_CONFIGURATION} and {@code K_REVISION} are
 * passed on to the function.
 */
public final class KnativePlatform implements Platform {

  static final int DEFAULT_PORT = 8080;

  private static final String EVERYWHERE = "0.0.0.0";
  private static final String[] NAMES = {"K_SERVICE", "K_CONFIGURATION", "K_REVISION"};

  /** Ports of the proxy beside the container, whose network it shares. */
  private static final String PROXY_PORTS = " 8008 8012 8013 8022 8112 9090 9091 ";

  @Override
  public String name() {
    return "knative";
  }

  @Override
  public Start start(Map<String, String> environment) {
    Start.Builder start = Start.builder();
    String address = environment.get("LISTEN_ADDRESS");
    String port = environment.get("PORT");
    if (address != null && !address.isEmpty()) {
      start.listen(listen(address, environment), "LISTEN_ADDRESS");
    } else if (port != null && !port.isEmpty()) {
      start.listen(new Listen(EVERYWHERE, port("PORT", port, environment)), "PORT");
    }
    String service = environment.get("K_SERVICE");
    if (service != null && Hearth.isName(service)) {
      start.name(service, "K_SERVICE");
    }
    return start.variables(names(environment)).build();
  }

  private static Map<String, String> names(Map<String, String> environment) {
    Map<String, String> names = new HashMap<>();
    for (String name : NAMES) {
      String value = environment.get(name);
      if (value != null) {
        names.put(name, value);
      }
    }
    return names;
  }

  /** {@code host:port}, {@code [v6]:port} or {@code :port}. */
  private static Listen listen(String address, Map<String, String> environment) {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "LISTEN_ADDRESS is '" + address + "'; it must be host:port, such as 127.0.0.1:8080");
    }
    String host = address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    // A socket on every address takes both families; where IPv6 is off, only this name of it works.
    boolean everywhere = host.isEmpty() || host.equals("::") || host.equals("*");
    return new Listen(
        everywhere ? EVERYWHERE : host,
        port("LISTEN_ADDRESS", address.substring(colon + 1), environment));
  }

  private static int port(String variable, String text, Map<String, String> environment) {
    int port = number(text);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          variable + " names port '" + text + "'; it must be within 1 to 65535, or 0 for any");
    }
    if (environment.containsKey("K_REVISION") && PROXY_PORTS.contains(" " + port + " ")) {
      throw new IllegalArgumentException(
          variable
              + " names port "
              + port
              + ", which Knative's queue-proxy has in the same pod; set another containerPort");
    }
    return port;
  }

  /** A decimal number of at most five digits; -1 for anything else. */
  private static int number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 5) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new KnativeContract(host.hearth(), host.environment());
  }
}
