package dev.hearth.signature.azure;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.NamedHandler;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises Azure Functions: public methods with {@code @FunctionName}, any number of them in a class. A method may be named by its own
 * name or its function's.
 */
public final class AzureSignature implements Signature {

  private static final String FUNCTION_NAME =
      "com.microsoft.azure.functions.annotation.FunctionName";
  private static final Recognised RECOGNISED =
      Recognised.in(
              "Azure Functions @FunctionName",
              "dev.hearth.signature.azure.AzureGlue",
              List.of("azure"))
          .with("dev.hearth.cloudevents.", "dev.hearth.signature.json.");

  @Override
  public String describe() {
    return "methods with @FunctionName of com.microsoft.azure.functions.annotation";
  }

  @Override
  public List<NamedHandler> handlers(HandlerClass type) {
    List<NamedHandler> handlers = new ArrayList<>();
    for (HandlerMethod method : functions(type)) {
      String name = functionName(method);
      handlers.add(new NamedHandler(name, isAlone(method, type) ? method.name() : name));
    }
    return handlers;
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    List<HandlerMethod> functions = functions(handler);
    if (functions.isEmpty()) {
      return null;
    }
    if (method == null) {
      if (functions.size() > 1) {
        throw new BindingException(
            "handler class "
                + handler.name()
                + " has "
                + functions.size()
                + " functions ("
                + listed(handler)
                + "); name one");
      }
      return RECOGNISED;
    }
    boolean isMethod = false;
    for (HandlerMethod each : handler.methods()) {
      isMethod |= each.name().equals(method);
    }
    for (HandlerMethod each : functions) {
      if (each.name().equals(method) || functionName(each).equalsIgnoreCase(method)) {
        return RECOGNISED;
      }
    }
    if (isMethod) {
      return null; // a method like any other
    }
    throw new BindingException(
        "handler class "
            + handler.name()
            + " has neither a method nor a function "
            + method
            + "; its functions are "
            + listed(handler));
  }

  /** Those that a class has; what a subclass overrides is not its superclass's any more. */
  private static List<HandlerMethod> functions(HandlerClass type) {
    List<HandlerMethod> functions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (HandlerMethod method : type.methods()) {
      boolean isNew = seen.add(method.name() + method.descriptor());
      if (isNew && method.isPublic() && !method.isBridge() && isFunction(method)) {
        functions.add(method);
      }
    }
    return functions;
  }

  private static boolean isFunction(HandlerMethod method) {
    return method.annotations().contains(FUNCTION_NAME);
  }

  private static String functionName(HandlerMethod method) {
    String name = method.text(FUNCTION_NAME, "value");
    return name == null ? method.name() : name;
  }

  private static boolean isAlone(HandlerMethod method, HandlerClass type) {
    int called = 0;
    for (HandlerMethod each : functions(type)) {
      called += each.name().equals(method.name()) ? 1 : 0;
    }
    return called == 1;
  }

  private String listed(HandlerClass handler) {
    StringBuilder list = new StringBuilder();
    for (NamedHandler each : handlers(handler)) {
      list.append(list.length() == 0 ? "" : ", ")
          .append(handler.name())
          .append("::")
          .append(each.method())
          .append(" as ")
          .append(each.name());
    }
    return list.toString();
  }
}
