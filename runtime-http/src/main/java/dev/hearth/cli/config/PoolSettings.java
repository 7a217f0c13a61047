package dev.hearth.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code pools}.
 *
 * @param name what functions list it by
 * @param url JDBC URL
 * @param user null when the URL or the database needs none
 * @param password null when there is none; read already where the file named a file
 * @param max the most connections; null for the default
 */
public record PoolSettings(
    String name,
    String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Integer max) {

  /** Without the URL, whose parameters may hold a password. */
  @Override
  public String toString() {
    return "PoolSettings[" + name + ", user=" + user + ", max=" + max + "]";
  }
}
