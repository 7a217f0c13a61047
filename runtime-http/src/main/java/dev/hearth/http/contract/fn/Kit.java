package dev.hearth.http.contract.fn;

import dev.hearth.http.contract.HttpExchange;

/** Says in each answer who made it, in the shape that Fn's Java kit has for that. */
final class Kit {

  private final String version;
  private final String runtime;

  Kit() {
    String own = Kit.class.getPackage().getImplementationVersion();
    String machine = System.getProperty("java.vm.name");
    String feature = System.getProperty("java.version");
    version =
        "fdk-hearth/"
            + (own == null ? "dev" : own)
            + " (jvm="
            + machine
            + ", jvmv="
            + feature
            + ")";
    runtime = "java/" + machine + " " + feature;
  }

  void sign(HttpExchange exchange) {
    exchange.answerHeader("Fn-Fdk-Version", version);
    exchange.answerHeader("Fn-Fdk-Runtime", runtime);
  }
}
