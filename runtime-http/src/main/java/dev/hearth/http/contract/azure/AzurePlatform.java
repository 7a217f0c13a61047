package dev.hearth.http.contract.azure;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Azure Functions, by its contract with custom handlers. Variables say the port and the app folder; {@code host.json} and each {@code
 * function.json} in it say the rest ("Azure Functions custom handlers").
 */
public final class AzurePlatform implements Platform {

  /** The host connects to this literal address, and nobody else has business here: it is the host that checks keys. */
  private static final String ADDRESS = "127.0.0.1";

  private static final int PORT = 8080;
  private static final String[] PORTS = {
    "FUNCTIONS_CUSTOMHANDLER_PORT", "FUNCTIONS_HTTPWORKER_PORT"
  };

  static final Listen DEFAULT = new Listen(ADDRESS, PORT);

  @Override
  public String name() {
    return "azure";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  /** The host makes log lines of what is printed, by the stream. */
  @Override
  public Printed printed() {
    return Printed.RAW;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new AzureContract(host);
  }

  @Override
  public Start start(Map<String, String> environment) {
    Start.Builder start = Start.builder();
    for (String variable : PORTS) {
      String port = environment.getOrDefault(variable, "");
      if (!port.isEmpty()) {
        start.listen(new Listen(ADDRESS, port(variable, port)), variable);
        break;
      }
    }
    AppFolder app = AppFolder.read(environment);
    List<Start.Function> functions = new ArrayList<>();
    for (FunctionJson function : app.functions().values()) {
      functions.add(function.function());
    }
    start.functions(functions);
    Path jar = app.onlyJar();
    if (jar != null) {
      start.archive(jar, AppFolder.VARIABLE + ", the only jar there");
      String name = nameOf(jar);
      if (Hearth.isName(name)) {
        start.name(name, AppFolder.VARIABLE);
      }
    }
    return start.build();
  }

  private static String nameOf(Path jar) {
    String file = String.valueOf(jar.getFileName());
    return file.substring(0, file.length() - ".jar".length());
  }

  private static int port(String variable, String text) {
    int value = text.length() > 5 ? -1 : 0;
    for (int i = 0; value >= 0 && i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
    }
    if (value < 0 || value > 65_535) {
      throw new IllegalArgumentException(
          variable + " is '" + text + "'; it must be a port, 0 to 65535");
    }
    return value;
  }
}
