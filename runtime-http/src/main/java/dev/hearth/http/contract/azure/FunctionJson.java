package dev.hearth.http.contract.azure;

import dev.hearth.http.contract.Start;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code function.json} says: by hand, or as the vendor's build tools make it of annotations.
 *
 * @param name the folder's
 * @param file the file
 * @param trigger the trigger's binding
 * @param inputs how many bindings bring something in, the trigger among them
 * @param outputs the bindings that take something
 * @param archive the jar that {@code scriptFile} names, or null
 * @param handler what {@code entryPoint} names, or null
 */
record FunctionJson(
    String name,
    Path file,
    Bound trigger,
    int inputs,
    List<Bound> outputs,
    @Nullable Path archive,
    @Nullable String handler) {

  /**
   * One of the bindings.
   *
   * @param name the key in {@code Data} or {@code Outputs}
   * @param isBinary whether its text is the base64 of bytes
   * @param route of an HTTP trigger; null for the function's name
   * @param methods of an HTTP trigger; empty for all
   */
  record Bound(
      String name, String type, boolean isBinary, @Nullable String route, List<String> methods) {

    boolean isTrigger() {
      return type.regionMatches(true, type.length() - 7, "Trigger", 0, 7);
    }

    boolean isHttpTrigger() {
      return type.equalsIgnoreCase("httpTrigger");
    }

    boolean isHttpOutput() {
      return type.equalsIgnoreCase("http");
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it makes no sense; the message names it
   */
  static FunctionJson read(String name, Path file) {
    ConfigJson json = ConfigJson.read(file);
    Bound trigger = null;
    int inputs = 0;
    List<Bound> outputs = new ArrayList<>();
    for (ConfigJson each : json.objects("bindings")) {
      Bound binding = binding(each);
      if ("out".equalsIgnoreCase(each.text("direction"))) {
        outputs.add(binding);
      } else {
        inputs++;
        trigger = trigger == null && binding.isTrigger() ? binding : trigger;
      }
    }
    if (trigger == null) {
      throw new IllegalArgumentException(
          file + " has no trigger: one of its bindings must have a type that ends in Trigger");
    }
    return new FunctionJson(
        name,
        file,
        trigger,
        inputs,
        List.copyOf(outputs),
        archive(json.text("scriptFile"), file),
        handler(json.text("entryPoint")));
  }

  private static Bound binding(ConfigJson json) {
    String name = json.text("name");
    String type = json.text("type");
    return new Bound(
        name == null ? "" : name,
        type == null ? "" : type,
        "binary".equalsIgnoreCase(json.text("dataType")),
        json.text("route"),
        List.copyOf(json.texts("methods")));
  }

  private static @Nullable Path archive(@Nullable String scriptFile, Path file) {
    if (scriptFile == null || !(scriptFile.endsWith(".jar") || scriptFile.endsWith(".zip"))) {
      return null; // some other language's
    }
    try {
      return file.resolveSibling(scriptFile).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(file + ": scriptFile is no path: " + e.getMessage(), e);
    }
  }

  /**
   * Azure's {@code pkg.Class.method} as a handler. A handler in Hearth's own words stays as it is: one with {@code ::}, {@code #} or a
   * composition, and a class alone, whose name begins with a capital letter where that of what is around it does not.
   */
  static @Nullable String handler(@Nullable String entryPoint) {
    if (entryPoint == null || entryPoint.isBlank()) {
      return null;
    }
    int dot = entryPoint.lastIndexOf('.');
    if (dot < 0 || isOwnWords(entryPoint)) {
      return entryPoint;
    }
    int before = entryPoint.lastIndexOf('.', dot - 1) + 1;
    boolean inType = Character.isUpperCase(entryPoint.charAt(before));
    boolean isMethod = dot + 1 < entryPoint.length() && !isType(entryPoint, dot + 1);
    return inType || isMethod
        ? entryPoint.substring(0, dot) + "::" + entryPoint.substring(dot + 1)
        : entryPoint;
  }

  private static boolean isType(String text, int at) {
    return Character.isUpperCase(text.charAt(at));
  }

  private static boolean isOwnWords(String text) {
    return text.contains("::")
        || text.indexOf('#') >= 0
        || text.indexOf('|') >= 0
        || text.indexOf(',') >= 0;
  }

  /** Whether it has HTTP on both sides and nothing else, which is what the host forwards. */
  boolean isHttpOnly() {
    return inputs == 1
        && trigger.isHttpTrigger()
        && outputs.size() == 1
        && outputs.get(0).isHttpOutput();
  }

  /** What {@code hearth run} is to deploy. */
  Start.Function function() {
    return new Start.Function(name, archive, handler, file.toString());
  }
}
