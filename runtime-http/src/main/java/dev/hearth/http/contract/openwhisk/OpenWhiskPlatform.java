package dev.hearth.http.contract.openwhisk;

import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Rehearsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** OpenWhisk, which tells by request what to serve, and reads the activations' logs from the process's own streams. */
public final class OpenWhiskPlatform implements Platform {

  @Override
  public String name() {
    return "openwhisk";
  }

  @Override
  public Printed printed() {
    return Printed.RAW;
  }

  @Override
  public boolean isSpecialised() {
    return true;
  }

  @Override
  public List<Rehearsed> rehearsal(Path archive, String handler) throws IOException {
    return List.of(
        new Rehearsed(
            "/init",
            "{\"value\":{\"name\":\"rehearsal\",\"main\":\""
                + handler
                + "\",\"binary\":true,\"code\":\""
                + Base64.getEncoder().encodeToString(Files.readAllBytes(archive))
                + "\"}}"),
        new Rehearsed("/run", "{\"value\":{\"name\":\"x\"}}"));
  }

  @Override
  public Contract contract(ContractHost host) {
    return new OpenWhiskContract(host);
  }
}
