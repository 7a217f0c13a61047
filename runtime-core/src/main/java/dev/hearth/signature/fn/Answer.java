package dev.hearth.signature.fn;

import com.fnproject.fn.api.Headers;
import com.fnproject.fn.api.OutputEvent;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A successful event of the standard coercions. */
final class Answer implements OutputEvent {

  private final byte[] body;
  private final @Nullable String type;

  /**
   * @param body handed over
   * @param type its media type; null for none
   */
  Answer(byte[] body, @Nullable String type) {
    this.body = body;
    this.type = type;
  }

  byte[] body() {
    return body;
  }

  @Nullable String type() {
    return type;
  }

  @Override
  public Status getStatus() {
    return Status.Success;
  }

  @Override
  public Headers getHeaders() {
    return type == null
        ? Headers.emptyHeaders()
        : Headers.emptyHeaders().setHeader(CONTENT_TYPE_HEADER, type);
  }

  @Override
  public void writeToOutput(OutputStream out) throws IOException {
    out.write(body);
  }
}
