package dev.hearth.signature.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.HttpFunction;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.Exchange;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** When a response is sent: cases 10 and 11 of the contract. */
final class ResponseFlushTest {

  /** Is committed by a flush, as a response on a wire is. */
  private static final class Wire implements Exchange, Response {
    private final MemoryExchange memory = Messages.post().body("");
    private boolean committed;

    @Override
    public Request request() {
      return memory.request();
    }

    @Override
    public Response response() {
      return this;
    }

    @Override
    public Response status(int status) {
      requireUncommitted();
      memory.response().status(status);
      return this;
    }

    @Override
    public int status() {
      return memory.response().status();
    }

    @Override
    public Response header(String name, String value) {
      requireUncommitted();
      memory.response().header(name, value);
      return this;
    }

    @Override
    public Response addHeader(String name, String value) {
      requireUncommitted();
      memory.response().addHeader(name, value);
      return this;
    }

    private void requireUncommitted() {
      if (committed) {
        throw new IllegalStateException("on its way");
      }
    }

    @Override
    public Headers headers() {
      return memory.response().headers();
    }

    @Override
    public OutputStream body() {
      return new FilterOutputStream(memory.response().body()) {
        @Override
        public void flush() throws IOException {
          committed = true;
        }
      };
    }

    @Override
    public boolean isCommitted() {
      return committed;
    }
  }

  private static Wire call(HttpFunction function) throws Exception {
    Wire wire = new Wire();
    HttpInvoker invoker = new HttpInvoker(function);
    invoker.call(invoker.read(wire), NoContext.OF_NOTHING);
    return wire;
  }

  @Test
  void google_case_10_unflushedWrites_areNotSentBeforeTheEnd() throws Exception {
    Wire wire =
        call(
            (request, response) -> {
              response.getWriter().write("12345678");
              response.appendHeader("between", "1");
              response.getWriter().write("12345678");
            });

    assertThat(wire.isCommitted()).isFalse();
    assertThat(wire.headers().first("between")).contains("1");
    assertThat(wire.memory.reply().body()).hasSize(16);
  }

  @Test
  void google_case_11_explicitFlush_sends_andLaterHeadersHaveNoEffect() throws Exception {
    Wire wire =
        call(
            (request, response) -> {
              response.getOutputStream().write(new byte[8]);
              response.getOutputStream().flush();
              response.appendHeader("after", "1");
              response.setContentType("text/plain");
              response.setStatusCode(500);
              response.getOutputStream().write(new byte[8]);
            });

    assertThat(wire.isCommitted()).isTrue();
    assertThat(wire.headers().names()).isEmpty();
    assertThat(wire.status()).isZero();
    assertThat(wire.memory.reply().body()).hasSize(16);
  }

  @Test
  void google_case_11_flushOfAWriter_sends() throws Exception {
    assertThat(call((request, response) -> response.getWriter().flush()).isCommitted()).isTrue();
  }

  @Test
  void close_ofWriterOrStream_doesNotSend() throws Exception {
    Wire written =
        call(
            (request, response) -> {
              try (BufferedWriter writer = response.getWriter()) {
                writer.write("x");
              }
              response.appendHeader("after", "1");
            });
    Wire streamed =
        call(
            (request, response) -> {
              try (OutputStream out = response.getOutputStream()) {
                out.write('x');
              }
            });

    assertThat(written.isCommitted()).isFalse();
    assertThat(written.headers().first("after")).contains("1");
    assertThat(written.memory.reply().body()).containsExactly('x');
    assertThat(streamed.isCommitted()).isFalse();
    assertThat(streamed.memory.reply().body()).containsExactly('x');
  }
}
