package dev.hearth.signature.google;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;

/**
 * The body of a response. Flushing it sends what is there; closing it does not, so that a short response
 * that was written and closed is still sent as one piece. The host completes the response.
 */
final class ResponseBody extends OutputStream {

  private final OutputStream out;
  private boolean closing;

  ResponseBody(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (!closing) {
      out.flush();
    }
  }

  @Override
  public void close() {
    closing = true;
  }

  /** Writes characters into this body; closing it is closing the body. */
  BufferedWriter writer(Charset charset) {
    return new Characters(charset);
  }

  private final class Characters extends BufferedWriter {

    Characters(Charset charset) {
      super(new OutputStreamWriter(ResponseBody.this, charset));
    }

    @Override
    public void close() throws IOException {
      closing = true; // a writer flushes what it closes
      super.close();
    }
  }
}
