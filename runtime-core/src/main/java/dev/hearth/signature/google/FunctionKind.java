package dev.hearth.signature.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.RawBackgroundFunction;
import com.google.cloud.functions.TypedFunction;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Shape;
import org.jspecify.annotations.Nullable;

/** The interfaces that make a class a function, in the order in which they are looked for. */
enum FunctionKind {
  HTTP(HttpFunction.class, Shape.EXCHANGE),
  TYPED(TypedFunction.class, Shape.FUNCTION),
  BACKGROUND(BackgroundFunction.class, Shape.CONSUMER),
  RAW_BACKGROUND(RawBackgroundFunction.class, Shape.CONSUMER),
  CLOUD_EVENTS(CloudEventsFunction.class, Shape.CONSUMER);

  private static final FunctionKind[] ANY = values();
  private static final FunctionKind[] WEB = {TYPED, HTTP};
  private static final FunctionKind[] EVENT = {BACKGROUND, RAW_BACKGROUND, CLOUD_EVENTS};
  private static final FunctionKind[] TYPED_ONLY = {TYPED};

  private final Class<?> type;
  private final Shape shape;

  FunctionKind(Class<?> type, Shape shape) {
    this.type = type;
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }

  /**
   * What a class is to be called as.
   *
   * @param signatureType the value of {@code FUNCTION_SIGNATURE_TYPE}; null or empty to go by the class alone
   * @throws BindingException if the class does not implement what the signature type asks for
   */
  static FunctionKind of(Class<?> handler, @Nullable String signatureType) {
    for (FunctionKind kind : candidates(handler, signatureType)) {
      if (kind.type.isAssignableFrom(handler)) {
        return kind;
      }
    }
    throw new BindingException(
        "handler class "
            + handler.getName()
            + " implements none of "
            + names(candidates(handler, signatureType))
            + ", which FUNCTION_SIGNATURE_TYPE="
            + signatureType
            + " asks for; change one or the other");
  }

  private static FunctionKind[] candidates(Class<?> handler, @Nullable String signatureType) {
    if (signatureType == null || signatureType.isEmpty()) {
      return ANY;
    }
    return switch (signatureType) {
      case "http" -> WEB;
      case "event", "cloudevent" -> EVENT;
      case "typed" -> TYPED_ONLY;
      default ->
          throw new BindingException(
              "handler class "
                  + handler.getName()
                  + ": FUNCTION_SIGNATURE_TYPE is '"
                  + signatureType
                  + "'; it must be http, typed, event or cloudevent");
    };
  }

  private static String names(FunctionKind[] kinds) {
    StringBuilder names = new StringBuilder();
    for (FunctionKind kind : kinds) {
      names.append(names.length() == 0 ? "" : ", ").append(kind.type.getSimpleName());
    }
    return names.toString();
  }
}
