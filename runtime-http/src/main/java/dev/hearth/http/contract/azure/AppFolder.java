package dev.hearth.http.contract.azure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The function app on disk. It is where {@code FUNCTIONS_APP_ROOT_PATH} says, else where the process was started if {@code host.json}
 * is there, as the host starts handlers in the app folder; else there is none.
 *
 * @param root null for none
 * @param functions by name, in the order of their names
 */
record AppFolder(@Nullable Path root, HostJson host, SortedMap<String, FunctionJson> functions) {

  static final String VARIABLE = "FUNCTIONS_APP_ROOT_PATH";

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there is something wrong in it; the message names the file
   */
  static AppFolder read(Map<String, String> environment) {
    Path root = root(environment);
    if (root == null) {
      return new AppFolder(null, HostJson.NONE, new TreeMap<>());
    }
    SortedMap<String, FunctionJson> functions = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      for (Path folder : folders) {
        Path file = folder.resolve("function.json");
        Path name = folder.getFileName();
        if (name != null && Files.isRegularFile(file)) {
          functions.put(name.toString(), FunctionJson.read(name.toString(), file));
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(root + " cannot be read: " + e, e);
    }
    return new AppFolder(root, HostJson.read(root, environment), functions);
  }

  private static @Nullable Path root(Map<String, String> environment) {
    String said = environment.getOrDefault(VARIABLE, "");
    try {
      Path root = Path.of(said).toAbsolutePath();
      if (said.isEmpty()) {
        return Files.isRegularFile(root.resolve("host.json")) ? root : null;
      }
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException(VARIABLE + " is '" + said + "', which is no directory");
      }
      return root;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(VARIABLE + " is no path: " + e.getMessage(), e);
    }
  }

  /** The only jar beside {@code host.json}; null if there is none, or not one alone. */
  @Nullable Path onlyJar() {
    Path only = null;
    if (root == null) {
      return null;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(root, "*.jar")) {
      for (Path jar : jars) {
        if (only != null) {
          return null;
        }
        only = jar;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(root + " cannot be read: " + e, e);
    }
    return only;
  }
}
