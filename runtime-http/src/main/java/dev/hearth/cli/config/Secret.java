package dev.hearth.cli.config;

import static java.util.Objects.requireNonNull;

/** A text that is handed on and never shown: {@link #toString} gives a mask. */
public final class Secret {

  private static final String MASK = "***";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a secret. */
  public static Secret of(String value) {
    return new Secret(requireNonNull(value, "value"));
  }

  /** The secret itself; not for messages. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
