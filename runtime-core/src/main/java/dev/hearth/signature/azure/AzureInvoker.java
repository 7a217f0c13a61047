package dev.hearth.signature.azure;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Calls one function, by envelope or by a plain request. */
final class AzureInvoker implements Invoker {

  private static final String ENVELOPE = "azure.envelope";

  private final Function function;
  private final Instances instances;
  private final List<Middleware> middlewares;
  private final Codec codec;
  private final AtomicBoolean warned = new AtomicBoolean();

  AzureInvoker(Function function, Instances instances, List<Middleware> middlewares, Codec codec) {
    this.function = function;
    this.instances = instances;
    this.middlewares = middlewares;
    this.codec = codec;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false;
  }

  @Override
  public Object read(Exchange exchange) throws InputException {
    return Message.of(exchange.request());
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    if (!(input instanceof Message message)) {
      throw new IllegalArgumentException("an Azure function takes requests only");
    }
    boolean isEnvelope = isEnvelope(context.attributes());
    CallLog log = new CallLog(isEnvelope);
    try {
      return isEnvelope ? byEnvelope(message, context, log) : plainly(message, context, log);
    } finally {
      log.release();
    }
  }

  private static boolean isEnvelope(Map<String, String> attributes) {
    String said = attributes.get(ENVELOPE);
    if (said != null && !said.equals("default")) {
      throw new IllegalArgumentException(
          ENVELOPE + " is '" + said + "'; it must be default, or not be set");
    }
    return said != null;
  }

  private Answer byEnvelope(Message message, Context context, CallLog log) throws Exception {
    CallContext call =
        new CallContext(
            function, context, EnvelopeSource.of(message.body, function.trigger()), log);
    new Chain(middlewares, call, instances).doNext(call);
    return EnvelopeAnswer.of(call, context.attributes(), log);
  }

  private @Nullable Answer plainly(Message message, Context context, CallLog log) throws Exception {
    CallContext call =
        new CallContext(function, context, PlainSource.of(message, function, context), log);
    new Chain(middlewares, call, instances).doNext(call);
    Object answer = function.returnIsAnswer() ? call.result() : null;
    for (OutputValue output : call.outputs()) {
      Object value = output.getValue();
      boolean isAnswer = output.binding().isHttp() && function.trigger().isHttp();
      if (isAnswer && answer == null) {
        answer = value;
      } else if (value != null) {
        warn(call, output.binding().name());
      }
    }
    if (!function.returnIsAnswer() && call.result() != null) {
      warn(call, Declaration.RETURN);
    }
    boolean isNothing = answer == null && !function.trigger().isHttp();
    return isNothing ? null : new PlainAnswer(HttpAnswer.of(answer, function));
  }

  private void warn(CallContext call, String output) {
    if (!warned.getAndSet(true)) {
      call.getLogger()
          .warning(
              "output "
                  + output
                  + " of function "
                  + function.name()
                  + " goes nowhere: a plain request has no place for outputs but its response");
    }
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange)
      throws OutputException, IOException {
    if (result != null) {
      ((Answer) result).write(exchange.response(), codec);
    }
  }

  @Override
  public List<Lifecycle> hooks() {
    return instances.hooks();
  }

  @Override
  public void close() throws Exception {
    instances.close();
  }
}
