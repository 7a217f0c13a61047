package dev.hearth.http.contract.hearth;

import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;

/** No platform at all: a desk, or a service. */
public final class NativePlatform implements Platform {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new NativeContract(host.hearth());
  }
}
