package dev.hearth.signature.fission;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises handlers of Fission's environments {@code jvm} and {@code jvm-jersey}. */
public final class FissionSignature implements Signature {

  private static final String FUNCTION = "io.fission.Function";
  private static final String SPRING =
      "(Lorg/springframework/http/RequestEntity;Lio/fission/Context;)";
  private static final String JAXRS = "(Ljava/lang/Object;Lio/fission/Context;)";

  @Override
  public String describe() {
    return "io.fission.Function of Fission's environments jvm and jvm-jersey";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    if (!handler.supertypes().contains(FUNCTION) || (method != null && !method.equals("call"))) {
      return null;
    }
    for (HandlerMethod declared : handler.methods()) {
      if (isCall(declared, SPRING)) {
        return Recognised.in(
            "io.fission.Function (Spring)",
            "dev.hearth.signature.fission.SpringGlue",
            List.of("fission-spring"));
      }
      if (isCall(declared, JAXRS)) {
        return Recognised.in(
            "io.fission.Function (JAX-RS)",
            "dev.hearth.signature.fission.JaxrsGlue",
            List.of("fission-jersey"));
      }
    }
    throw new BindingException(
        "handler class "
            + handler.name()
            + " implements io.fission.Function and has no method 'call' of it; expected"
            + " call(org.springframework.http.RequestEntity, io.fission.Context), or, compiled against"
            + " fission-jvm-jersey, call(javax.ws.rs.container.ContainerRequestContext, io.fission.Context)");
  }

  /** The JAX-RS interface is generic, so the compiler leaves a bridge that takes an object. */
  private static boolean isCall(HandlerMethod method, String parameters) {
    return method.name().equals("call") && method.descriptor().startsWith(parameters);
  }
}
