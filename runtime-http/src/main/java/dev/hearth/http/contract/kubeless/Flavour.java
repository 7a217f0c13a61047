package dev.hearth.http.contract.kubeless;

import java.util.Map;

/** Which of the two platforms it is, as far as they differ. */
enum Flavour {
  KUBELESS("Error: 500 Internal Server Error", "Timeout exceeded"),
  KYMA("Internal server error", "Timeout while processing the function");

  /** What a client reads when the function failed. */
  final String failed;

  /** What a client reads when its time was up. */
  final String late;

  Flavour(String failed, String late) {
    this.failed = failed;
    this.late = late;
  }

  /** Kyma's controller sets variables for every function that Kubeless does not know. */
  static Flavour of(Map<String, String> environment) {
    boolean kyma =
        environment.containsKey("SERVICE_NAMESPACE")
            || environment.containsKey("PUBLISHER_PROXY_ADDRESS")
            || environment.containsKey("HANDLER_MOD_NAME")
            || environment.containsKey("HANDLER_FUNC_NAME");
    return kyma ? KYMA : KUBELESS;
  }
}
