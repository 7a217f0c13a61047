package dev.hearth.http.contract.fission;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Rehearsed;
import java.nio.file.Path;
import java.util.List;

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
  public boolean isSpecialised() {
    return true;
  }

  @Override
  public List<Rehearsed> rehearsal(Path archive, String handler) {
    return List.of(
        new Rehearsed(
            "/v2/specialize",
            "{\"filepath\":"
                + JsonText.print(archive.toString())
                + ",\"functionName\":\""
                + handler
                + "\",\"url\":\"\",\"FunctionMetadata\":null}"),
        new Rehearsed("/", "{\"name\":\"x\"}"));
  }

  @Override
  public Contract contract(ContractHost host) {
    String path = host.environment().get("HEARTH_FISSION_CODE_PATH");
    return new FissionContract(
        host.hearth(), Path.of(path == null ? FissionContract.CODE_PATH : path));
  }
}
