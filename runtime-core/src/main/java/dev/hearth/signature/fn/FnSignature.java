package dev.hearth.signature.fn;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises Fn's functions: a method of a class that shows any trace of Fn's API, or any method that is not written for Hearth where
 * Fn asks for it.
 */
public final class FnSignature implements Signature {

  private static final String VENDOR = "com.fnproject.";
  private static final String VENDOR_TYPE = "Lcom/fnproject/";
  private static final String HEARTH = "dev.hearth.function.";
  private static final String HEARTH_TYPE = "Ldev/hearth/function/";
  private static final String POOL_TYPE = "Ljavax/sql/";
  private static final Recognised RECOGNISED =
      Recognised.in("Fn function", "dev.hearth.signature.fn.FnGlue", List.of("fn", "fn-jackson"));

  @Override
  public String describe() {
    return "Class::method with types or annotations of Fn's com.fnproject.fn.api";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    return recognise(handler, method, Map.of());
  }

  @Override
  public @Nullable Recognised recognise(
      HandlerClass handler, @Nullable String method, Map<String, String> variables) {
    if (method == null || isForHearth(handler, method)) {
      return null;
    }
    return Platform.asks(variables) || isOfVendor(handler) ? RECOGNISED : null;
  }

  /** Whether it takes or gives what only Hearth has: its types, or pools in the constructor. */
  private static boolean isForHearth(HandlerClass handler, String method) {
    if (names(handler.supertypes(), HEARTH)) {
      return true;
    }
    for (HandlerMethod each : handler.methods()) {
      boolean constructor = each.name().equals("<init>");
      if (((constructor || each.name().equals(method)) && each.descriptor().contains(HEARTH_TYPE))
          || (constructor && each.descriptor().contains(POOL_TYPE))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfVendor(HandlerClass handler) {
    if (names(handler.annotations(), VENDOR) || names(handler.supertypes(), VENDOR)) {
      return true;
    }
    for (HandlerMethod each : handler.methods()) {
      if (each.descriptor().contains(VENDOR_TYPE)
          || names(each.annotations(), VENDOR)
          || names(each.parameterAnnotations(), VENDOR)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Set<String> types, String prefix) {
    for (String type : types) {
      if (type.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
