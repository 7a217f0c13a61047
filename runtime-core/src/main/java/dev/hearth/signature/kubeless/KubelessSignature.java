package dev.hearth.signature.kubeless;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises Kubeless' functions: public methods that take its event and its context. */
public final class KubelessSignature implements Signature {

  private static final String TAKEN = "(Lio/kubeless/Event;Lio/kubeless/Context;)";
  private static final Recognised RECOGNISED =
      Recognised.in(
          "Kubeless function", "dev.hearth.signature.kubeless.KubelessGlue", List.of("kubeless"));

  @Override
  public String describe() {
    return "Kubeless' public String method(io.kubeless.Event, io.kubeless.Context)";
  }

  /** A method that does not exist at all is this family's to refuse, where the class has functions of it. */
  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    boolean exists = false;
    boolean hasFunctions = false;
    for (HandlerMethod each : handler.methods()) {
      boolean named = method == null || each.name().equals(method);
      boolean function = each.isPublic() && each.descriptor().startsWith(TAKEN);
      if (named && function) {
        return RECOGNISED;
      }
      exists |= named;
      hasFunctions |= function;
    }
    return hasFunctions && !exists ? RECOGNISED : null;
  }
}
