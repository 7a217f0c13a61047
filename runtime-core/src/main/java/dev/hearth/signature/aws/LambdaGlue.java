package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Target;

/** Binds AWS Lambda handlers. */
public final class LambdaGlue implements Glue {

  /** For the host, which makes it by reflection. */
  public LambdaGlue() {}

  @Override
  public Binding bind(Target target) {
    Class<?> type = target.type();
    try {
      Entry entry =
          target.method() == null ? ofClass(type) : Overloads.choose(type, target.method());
      return new LambdaBinding(
          type, entry, entry.isStatic() ? null : Handlers.of(type), HttpEvents.of(entry, target));
    } catch (NoClassDefFoundError | TypeNotPresentException e) {
      throw new BindingException(
          "Error loading "
              + (target.method() == null ? "" : "method " + target.method() + " on ")
              + "class "
              + type.getName()
              + ": "
              + e.getMessage()
              + " is not in the archive; add the library that has it",
          e);
    }
  }

  /** A class that is both is a stream handler. */
  private static Entry ofClass(Class<?> type) {
    if (RequestStreamHandler.class.isAssignableFrom(type)) {
      return Entry.streamHandler();
    }
    if (RequestHandler.class.isAssignableFrom(type)) {
      return Entry.requestHandler(TypeArguments.of(type));
    }
    throw new BindingException(
        "Class does not implement an appropriate handler interface: "
            + type.getName()
            + "; implement RequestHandler or RequestStreamHandler, or name the handler as Class::method");
  }
}
