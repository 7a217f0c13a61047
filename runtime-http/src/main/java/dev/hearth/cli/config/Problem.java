package dev.hearth.cli.config;

/**
 * One thing that is wrong in a settings file.
 *
 * @param file the file as the user named it
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what is expected, without secrets
 */
public record Problem(String file, int line, int column, String message) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
