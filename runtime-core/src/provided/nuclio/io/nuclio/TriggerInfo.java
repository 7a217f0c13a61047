package io.nuclio;

/** Where an event came from. */
public interface TriggerInfo {

  /** The class of the trigger, such as {@code sync}; null where the platform does not tell. */
  String getClassName();

  /** The kind of the trigger, such as {@code http}. */
  String getKindName();
}
