package dev.hearth.http;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.fission.FissionContract;
import dev.hearth.http.contract.hearth.NativeContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The contracts by name. The only place that knows them all; a new one is a name and a line here. */
public final class Contracts {

  private static final List<String> NAMES = List.of("native", "fission");

  private Contracts() {}

  /** The names there are, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A new contract for a host.
   *
   * @param name one of {@link #names}
   * @param environment the process's variables, or what stands in for them; {@code HEARTH_FISSION_CODE_PATH} moves the
   *     code of Fission's version 1 load request
   * @throws IllegalArgumentException if there is no contract of this name
   */
  public static Contract create(String name, Hearth hearth, Map<String, String> environment) {
    return switch (name) {
      case "native" -> new NativeContract(hearth);
      case "fission" ->
          new FissionContract(
              hearth,
              Path.of(
                  environment.getOrDefault("HEARTH_FISSION_CODE_PATH", FissionContract.CODE_PATH)));
      default ->
          throw new IllegalArgumentException(
              "contract is '" + name + "'; it must be one of " + String.join(", ", NAMES));
    };
  }
}
