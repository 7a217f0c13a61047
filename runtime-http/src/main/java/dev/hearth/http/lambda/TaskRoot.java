package dev.hearth.http.lambda;

import dev.hearth.http.contract.Start;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Lambda's images have a function's code: in {@code LAMBDA_TASK_ROOT}, with layers behind it, started by {@code _HANDLER}.
 *
 * <p>Source: AWS Lambda, developer guide, <i>Defined runtime environment variables</i> and <i>Packaging your layer content</i>.
 */
public final class TaskRoot {

  private static final String TASK_ROOT = "LAMBDA_TASK_ROOT";
  private static final String LAYERS = "HEARTH_LAMBDA_LAYERS";

  private TaskRoot() {}

  /**
   * Says where the code is. Where there is no task root, as in images of people's own making, it is the working directory.
   *
   * @throws IllegalArgumentException if the variable is no path
   */
  public static void sayArchive(Map<String, String> environment, Start.Builder start) {
    Path here = Path.of("").toAbsolutePath();
    if (!sayTaskRoot(environment, start) && here.getParent() != null) {
      start.archive(here, "working directory"); // nobody means all of the file system
    }
  }

  /**
   * Says where the code is, if the variable names a directory.
   *
   * @return whether it does
   * @throws IllegalArgumentException if the variable is no path
   */
  public static boolean sayTaskRoot(Map<String, String> environment, Start.Builder start) {
    Path root = path(environment.get(TASK_ROOT));
    if (root == null || !Files.isDirectory(root)) {
      return false;
    }
    start.archive(root, TASK_ROOT);
    return true;
  }

  private static @Nullable Path path(@Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          TASK_ROOT + " is '" + text + "', which is no path: " + e.getReason(), e);
    }
  }

  /** {@code java/lib/*.jar} below the layers' directory, by name, as the managed runtimes have them. */
  public static List<Path> layers(Map<String, String> environment) {
    File folder = new File(environment.getOrDefault(LAYERS, "/opt"), "java/lib");
    String[] names = folder.list();
    List<Path> jars = new ArrayList<>();
    if (names != null) {
      Arrays.sort(names);
      for (String name : names) {
        if (name.endsWith(".jar") && name.length() > ".jar".length()) {
          jars.add(folder.toPath().resolve(name));
        }
      }
    }
    return jars;
  }

  /** Says the handler, where a variable names it. */
  public static void sayHandler(Map<String, String> environment, Start.Builder start) {
    String handler = environment.get("_HANDLER");
    if (handler != null && !handler.isBlank()) {
      start.handler(handler.strip(), "_HANDLER");
    }
  }
}
