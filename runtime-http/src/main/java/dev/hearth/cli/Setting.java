package dev.hearth.cli;

/**
 * A value and who gave it.
 *
 * @param origin such as {@code flag --port}, {@code environment HEARTH_PORT} or {@code default}
 */
record Setting<T>(T value, String origin) {

  static final String DEFAULT = "default";

  static <T> Setting<T> byDefault(T value) {
    return new Setting<>(value, DEFAULT);
  }
}
