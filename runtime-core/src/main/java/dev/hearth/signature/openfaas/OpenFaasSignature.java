package dev.hearth.signature.openfaas;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises handlers of OpenFaaS' Java template. */
public final class OpenFaasSignature implements Signature {

  private static final String MODEL = "com.openfaas.model.";
  private static final String HANDLER = MODEL + "IHandler";
  private static final String ABSTRACT_HANDLER = MODEL + "AbstractHandler";
  private static final String GLUE = "dev.hearth.signature.openfaas.OpenFaasGlue";

  @Override
  public String describe() {
    return "IHandler or AbstractHandler of com.openfaas.model";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    boolean ofVendor = handler.name().startsWith(MODEL); // a sample that comes with the API
    if (ofVendor || (method != null && !method.equals("Handle"))) {
      return null;
    }
    if (handler.supertypes().contains(HANDLER)) {
      return Recognised.in(HANDLER, GLUE, List.of("openfaas"));
    }
    return handler.supertypes().contains(ABSTRACT_HANDLER)
        ? Recognised.in(ABSTRACT_HANDLER, GLUE, List.of("openfaas"))
        : null;
  }
}
