package dev.hearth.http.contract.openwhisk;

import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;

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
  public Contract contract(ContractHost host) {
    return new OpenWhiskContract(host);
  }
}
