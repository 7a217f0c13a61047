package dev.hearth.signature.plain;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises plain functions: a class with one of the interfaces, or any class with the method named. */
public final class PlainSignature implements Signature {

  private static final PlainGlue GLUE = new PlainGlue();

  @Override
  public String describe() {
    return "Function, BiFunction, Consumer, BiConsumer or Supplier of java.util.function, ContextFunction,"
        + " BatchFunction or StreamFunction of dev.hearth.function, or any public method as Class::method";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    if (method != null) {
      return Recognised.byHost("method", GLUE);
    }
    Set<String> supertypes = handler.supertypes();
    for (Kind kind : Kind.ALL) {
      if (supertypes.contains(kind.typeName)) {
        return Recognised.byHost(kind.typeName, GLUE);
      }
    }
    return null;
  }
}
