package dev.hearth.http;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.azure.AzurePlatform;
import dev.hearth.http.contract.emulator.EmulatorPlatform;
import dev.hearth.http.contract.fission.FissionPlatform;
import dev.hearth.http.contract.fn.FnPlatform;
import dev.hearth.http.contract.gcf.GcfPlatform;
import dev.hearth.http.contract.hearth.NativePlatform;
import dev.hearth.http.contract.knative.KnativePlatform;
import dev.hearth.http.contract.kubeless.KubelessPlatform;
import dev.hearth.http.contract.lambda.LambdaPlatform;
import dev.hearth.http.contract.nuclio.NuclioPlatform;
import dev.hearth.http.contract.openfaas.OpenFaasPlatform;
import dev.hearth.http.contract.openwhisk.OpenWhiskPlatform;
import java.util.List;
import java.util.Map;

/** The contracts by name. The only place that knows them all; a new one is a name and a line here. */
public final class Contracts {

  private static final List<String> NAMES =
      List.of(
          "native",
          "fission",
          "knative",
          "gcf",
          "openfaas",
          "openwhisk",
          "fn",
          "nuclio",
          "kubeless",
          "lambda",
          "lambda-emulator",
          "azure");

  private Contracts() {}

  /** The names there are, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A platform. Only this one's classes are loaded.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no contract of this name
   */
  public static Platform platform(String name) {
    return switch (name) {
      case "native" -> new NativePlatform();
      case "fission" -> new FissionPlatform();
      case "fn" -> new FnPlatform();
      case "gcf" -> new GcfPlatform();
      case "knative" -> new KnativePlatform();
      case "lambda" -> new LambdaPlatform();
      case "lambda-emulator" -> new EmulatorPlatform();
      case "nuclio" -> new NuclioPlatform();
      case "openfaas" -> new OpenFaasPlatform();
      case "openwhisk" -> new OpenWhiskPlatform();
      case "kubeless" -> new KubelessPlatform();
      case "azure" -> new AzurePlatform();
      default ->
          throw new IllegalArgumentException(
              "contract is '" + name + "'; it must be one of " + String.join(", ", NAMES));
    };
  }

  /**
   * A new contract for a host in a service of the caller's.
   *
   * @param name one of {@link #names}
   * @param environment the process's variables, or what stands in for them
   * @throws IllegalArgumentException if there is no contract of this name
   */
  public static Contract create(String name, Hearth hearth, Map<String, String> environment) {
    return platform(name).contract(ContractHost.of(hearth, environment));
  }
}
