package dev.hearth.signature.aws;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Calls handlers that get the event as it came, or do not look at it, and give no value. */
final class StreamHandler extends LambdaInvoker {

  StreamHandler(
      Entry entry, @Nullable Object handler, Platform platform, @Nullable HttpEvents http) {
    super(entry, handler, platform, http);
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false;
  }

  @Override
  Answer answer(InputStream event, LambdaContext context) throws Throwable {
    Buffer written = new Buffer();
    enter(null, event, written, context);
    return entry.output() == Entry.Output.STREAM ? new Answer(written, false) : encode(null);
  }

  @Override
  Object direct(@Nullable Object value, LambdaContext context) {
    throw new IllegalArgumentException("a stream handler takes an event, not a value");
  }

  @Override
  Answer encode(@Nullable Object result) {
    return new Answer(Buffer.ofNull(), true);
  }
}
