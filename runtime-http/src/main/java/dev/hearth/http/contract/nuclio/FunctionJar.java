package dev.hearth.http.contract.nuclio;

import dev.hearth.http.contract.Start;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the function where Nuclio's build puts it. In this order: the wrapper jar that was started, where the user's classes were
 * added to it; {@code user-handler.jar} and {@code nuclio-java-wrapper.jar} beside it; the same two in {@code /opt/nuclio}. The last is
 * what Nuclio's own build makes: its wrapper with the user's classes in one jar, of which the handler alone is of interest.
 */
final class FunctionJar {

  /** The wrapper jar that the process was started from; set by its main class. */
  static final String WRAPPER = "HEARTH_NUCLIO_WRAPPER";

  /** Where Nuclio's image build puts things. */
  static final String HOME = "HEARTH_NUCLIO_HOME";

  static final String DEFAULT_HOME = "/opt/nuclio";

  private static final String[] NAMES = {"user-handler.jar", "nuclio-java-wrapper.jar"};

  private FunctionJar() {}

  /**
   * Looks for it.
   *
   * @param handler what it has to hold, or null
   * @return null when it is nowhere
   */
  static Start.@Nullable Said<Path> find(
      Map<String, String> environment, @Nullable String handler) {
    File wrapper = wrapper(environment);
    if (wrapper != null && holds(wrapper, handler)) {
      return new Start.Said<>(wrapper.toPath(), WRAPPER);
    }
    for (File candidate : candidates(environment, wrapper)) {
      if (candidate.isFile() && !isSame(candidate, wrapper)) {
        return new Start.Said<>(candidate.toPath(), "Nuclio's build");
      }
    }
    return null;
  }

  /** Where it is looked for, for people. */
  static String places(Map<String, String> environment) {
    StringBuilder places = new StringBuilder();
    for (File candidate : candidates(environment, wrapper(environment))) {
      places.append(places.length() == 0 ? "" : ", ").append(candidate);
    }
    return places.toString();
  }

  static @Nullable File wrapper(Map<String, String> environment) {
    String path = environment.get(WRAPPER);
    return path == null || path.isEmpty() ? null : new File(path).getAbsoluteFile();
  }

  private static List<File> candidates(Map<String, String> environment, @Nullable File wrapper) {
    List<File> found = new ArrayList<>();
    File beside = wrapper == null ? null : wrapper.getParentFile();
    if (beside != null) {
      add(found, beside);
    }
    File home = new File(environment.getOrDefault(HOME, DEFAULT_HOME));
    if (!home.equals(beside)) {
      add(found, home);
    }
    return found;
  }

  private static void add(List<File> found, File folder) {
    for (String name : NAMES) {
      found.add(new File(folder, name));
    }
  }

  private static boolean isSame(File candidate, @Nullable File wrapper) {
    try {
      return wrapper != null && candidate.getCanonicalFile().equals(wrapper.getCanonicalFile());
    } catch (IOException e) {
      return candidate.equals(wrapper);
    }
  }

  private static boolean holds(File jar, @Nullable String handler) {
    if (handler == null || !jar.isFile()) {
      return false;
    }
    try (ZipFile zip = new ZipFile(jar)) {
      return zip.getEntry(className(handler).replace('.', '/') + ".class") != null;
    } catch (IOException e) {
      return false; // the JVM was started from it, so it was a jar a moment ago
    }
  }

  /** The first class of a handler, without its method. */
  private static String className(String handler) {
    int end = handler.length();
    for (int i = 0; i < handler.length(); i++) {
      char c = handler.charAt(i);
      if (c == ':' || c == '#' || c == ',' || c == '|') {
        end = i;
        break;
      }
    }
    return handler.substring(0, end).strip();
  }
}
