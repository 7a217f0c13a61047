package dev.hearth.http.contract.fission;

import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import java.nio.file.Path;

/**
 * Fission, whose fetcher tells by request which function to serve, so that its variables say nothing. {@code
 * HEARTH_FISSION_CODE_PATH} moves the code of its version 1 load request.
 */
public final class FissionPlatform implements Platform {

  @Override
  public String name() {
    return "fission";
  }

  @Override
  public Contract contract(ContractHost host) {
    String path = host.environment().get("HEARTH_FISSION_CODE_PATH");
    return new FissionContract(
        host.hearth(), Path.of(path == null ? FissionContract.CODE_PATH : path));
  }
}
