package dev.hearth.http.contract.knative;

import java.util.Map;

/**
 * What can be chosen about events.
 *
 * @param batch whether batches are taken; {@code HEARTH_CLOUDEVENTS_BATCH}, on by default
 * @param encode whether header values of events that are sent are percent-encoded; {@code HEARTH_CLOUDEVENTS_ENCODING}, on by
 *     default, to be turned off for receivers that do not decode
 * @param strict whether harmless mistakes are refused, too; {@code HEARTH_CLOUDEVENTS_STRICT}, off by default
 */
record EventSettings(boolean batch, boolean encode, boolean strict) {

  /** Reads them from the process's variables. */
  static EventSettings of(Map<String, String> environment) {
    return new EventSettings(
        isOn(environment, "HEARTH_CLOUDEVENTS_BATCH", true),
        isOn(environment, "HEARTH_CLOUDEVENTS_ENCODING", true),
        isOn(environment, "HEARTH_CLOUDEVENTS_STRICT", false));
  }

  private static boolean isOn(Map<String, String> environment, String variable, boolean fallback) {
    String value = environment.get(variable);
    if (value == null || value.isEmpty()) {
      return fallback;
    }
    if (!value.equals("on") && !value.equals("off")) {
      throw new IllegalArgumentException(variable + " is '" + value + "'; it must be on or off");
    }
    return value.equals("on");
  }
}
