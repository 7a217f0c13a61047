package dev.hearth.cli.verify;

import dev.hearth.cli.verify.ClassFile.Method;
import dev.hearth.signature.HandlerName;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what in a handler's class made it a handler of its signature. */
public final class Reason {

  private final ClassScan scan;

  /**
   * @param scan that has followed the handler
   */
  public Reason(ClassScan scan) {
    this.scan = scan;
  }

  /**
   * The reason in words.
   *
   * @param signature the signature's name; of a composition's part, that of the composition
   */
  public String of(HandlerName handler, String signature) {
    ClassFile file = scan.file(handler.className());
    if (file == null) {
      return handler.className() + " has it";
    }
    String byType =
        handler.method() == null || !isMethod(signature) ? byType(file, signature) : null;
    return byType == null ? byMethod(file, handler.method()) : byType;
  }

  private static boolean isMethod(String signature) {
    return signature.equals("method") || signature.endsWith(" method");
  }

  /** The type of its ancestors that the signature is called by, and how it comes to it. */
  private @Nullable String byType(ClassFile file, String signature) {
    Map<String, String> from = ancestors(file);
    String best = null;
    for (String type : from.keySet()) {
      boolean named = signature.contains(type) || endsWithName(signature, type);
      boolean composed = signature.equals("composition") && type.startsWith("java.util.function.");
      if (named || composed) {
        best = type;
        break;
      }
    }
    if (best == null) {
      return null;
    }
    String heir = from.get(best);
    return file.name()
        + (file.name().equals(heir)
            ? " implements " + best
            : " inherits " + best + " from " + heir);
  }

  private static boolean endsWithName(String signature, String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    return signature.endsWith(" " + simple);
  }

  /** Every type it is of, nearest first, with the type that names it. */
  private Map<String, String> ancestors(ClassFile file) {
    Map<String, String> from = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(file.name()));
    for (String type = open.poll(); type != null; type = open.poll()) {
      for (String parent : parents(type)) {
        if (from.putIfAbsent(parent, type) == null) {
          open.add(parent);
        }
      }
    }
    return from;
  }

  private List<String> parents(String type) {
    ClassFile file = scan.file(type);
    if (file == null) {
      return ofJdk(type);
    }
    List<String> parents = new ArrayList<>(file.interfaces());
    if (file.superName() != null) {
      parents.add(file.superName());
    }
    return parents;
  }

  private static List<String> ofJdk(String type) {
    if (!type.startsWith("java.")) {
      return List.of();
    }
    try {
      Class<?> loaded = Class.forName(type, false, ClassLoader.getPlatformClassLoader());
      List<String> parents = new ArrayList<>();
      for (Class<?> each : loaded.getInterfaces()) {
        parents.add(each.getName());
      }
      return parents;
    } catch (ClassNotFoundException e) {
      return List.of();
    }
  }

  private String byMethod(ClassFile file, @Nullable String named) {
    String wanted = named == null ? "main" : named;
    for (ClassFile now = file; now != null; now = superclass(now)) {
      for (Method method : now.methods()) {
        if (method.name().equals(wanted) && Modifier.isPublic(method.access())) {
          return "of its method "
              + shown(method)
              + (now.name().equals(file.name()) ? "" : ", inherited from " + now.name());
        }
      }
    }
    return "of its methods' types";
  }

  private @Nullable ClassFile superclass(ClassFile file) {
    return file.superName() == null ? null : scan.file(file.superName());
  }

  private static String shown(Method method) {
    MethodTypeDesc types = MethodTypeDesc.ofDescriptor(method.descriptor());
    List<String> parameters = new ArrayList<>();
    for (ClassDesc parameter : types.parameterList()) {
      parameters.add(parameter.displayName());
    }
    return (Modifier.isStatic(method.access()) ? "static " : "")
        + types.returnType().displayName()
        + " "
        + method.name()
        + "("
        + String.join(", ", parameters)
        + ")";
  }
}
