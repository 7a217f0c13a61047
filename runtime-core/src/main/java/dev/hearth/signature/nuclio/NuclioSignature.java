package dev.hearth.signature.nuclio;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises Nuclio's event handlers. */
public final class NuclioSignature implements Signature {

  private static final String HANDLER = "io.nuclio.EventHandler";
  private static final String GLUE = "dev.hearth.signature.nuclio.NuclioGlue";

  @Override
  public String describe() {
    return HANDLER;
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    boolean named = method == null || method.equals("handleEvent");
    return named && handler.supertypes().contains(HANDLER)
        ? Recognised.in(HANDLER, GLUE, List.of("nuclio"))
        : null;
  }
}
