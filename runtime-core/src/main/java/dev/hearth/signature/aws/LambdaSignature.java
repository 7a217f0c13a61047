package dev.hearth.signature.aws;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises AWS Lambda handlers: classes with one of the vendor's two interfaces, and methods of classes that name the vendor's
 * types in a public method. A plain method of a class without any trace of the vendor is not taken for Lambda's.
 */
public final class LambdaSignature implements Signature {

  private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.";
  private static final String CONTEXT = "Lcom/amazonaws/services/lambda/runtime/Context;";
  private static final String EVENTS = "Lcom/amazonaws/services/lambda/runtime/events/";
  private static final String S3_EVENTS = "Lcom/amazonaws/services/s3/event/";
  private static final String GLUE = "dev.hearth.signature.aws.LambdaGlue";
  private static final String API = "aws-lambda";
  private static final String JODA = "aws-lambda-joda";

  @Override
  public String describe() {
    return "RequestHandler or RequestStreamHandler of AWS Lambda, or Class::method with its Context or events";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    boolean events = names(handler, EVENTS) || names(handler, S3_EVENTS);
    String signature = signature(handler, method, events);
    if (signature == null) {
      return null;
    }
    List<String> provided = new ArrayList<>();
    provided.add(API);
    if (events) {
      provided.add(
          JODA); // the vendor's library asks for it whenever it meets one of the event types
    }
    return Recognised.in(signature, GLUE, provided)
        .with("dev.hearth.gateway.", "dev.hearth.cloudevents.");
  }

  private static @Nullable String signature(
      HandlerClass handler, @Nullable String method, boolean events) {
    Set<String> supertypes = handler.supertypes();
    String implemented = null;
    if (supertypes.contains(RUNTIME + "RequestStreamHandler")) {
      implemented = "AWS Lambda RequestStreamHandler";
    } else if (supertypes.contains(RUNTIME + "RequestHandler")) {
      implemented = "AWS Lambda RequestHandler";
    }
    if (method == null) {
      return implemented;
    }
    return implemented != null || events || names(handler, CONTEXT) ? "AWS Lambda method" : null;
  }

  private static boolean names(HandlerClass handler, String type) {
    for (HandlerMethod method : handler.methods()) {
      if (method.isPublic() && method.descriptor().contains(type)) {
        return true;
      }
    }
    return false;
  }
}
