package dev.hearth.cli;

import dev.hearth.cli.config.FunctionSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The jar that the launcher has put on the class path, as {@code --flat} asks for. */
final class FlatJar {

  /** The launcher's. */
  static final String PROPERTY = "hearth.flat";

  private FlatJar() {}

  /**
   * The one jar.
   *
   * @throws UsageException if it is not on the class path, or not the only function's
   */
  static Setting<Path> of(RunArguments arguments, Map<String, FunctionSettings> functions) {
    String origin = Objects.requireNonNull(arguments.get(RunOption.FLAT)).origin();
    if (functions.size() != 1) {
      throw new UsageException(
          origin
              + " is for a host of one function, and there are "
              + functions.size()
              + "; give one jar, or leave it out");
    }
    String given = System.getProperty(PROPERTY);
    if (given == null) {
      throw new UsageException(
          origin
              + ": no jar was put on the class path; start by bin/hearth, with the function as a .jar file among the"
              + " arguments or in "
              + RunOption.ARCHIVE_VARIABLE);
    }
    Path jar = Path.of(given).toAbsolutePath().normalize();
    Path archive = functions.values().iterator().next().archive();
    if (!archive.toAbsolutePath().normalize().equals(jar)) {
      throw new UsageException(
          origin
              + ": "
              + jar
              + " was put on the class path, but the function is "
              + archive
              + "; give one jar as argument");
    }
    return new Setting<>(jar, origin);
  }
}
