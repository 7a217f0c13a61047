package dev.hearth.signature.google;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises the function interfaces of Google's Functions Framework. */
public final class GoogleSignature implements Signature {

  private static final String API = "com.google.cloud.functions.";

  /** The set of vendor classes that Google's platform provides. */
  private static final List<String> PROVIDED = List.of("google-functions");

  /** In the order in which the vendor's runtime looks for them. */
  private static final String[] INTERFACES = {
    "HttpFunction",
    "TypedFunction",
    "BackgroundFunction",
    "RawBackgroundFunction",
    "CloudEventsFunction"
  };

  @Override
  public String describe() {
    return "HttpFunction, TypedFunction, BackgroundFunction, RawBackgroundFunction or"
        + " CloudEventsFunction of com.google.cloud.functions";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    if (method != null) {
      return null;
    }
    for (String name : INTERFACES) {
      if (handler.supertypes().contains(API + name)) {
        return Recognised.in(API + name, "dev.hearth.signature.google.GoogleGlue", PROVIDED)
            .with(
                "dev.hearth.signature.cloudevents.",
                "dev.hearth.cloudevents.",
                "dev.hearth.signature.web.")
            .withOwn("com.google.gson.");
      }
    }
    return null;
  }
}
