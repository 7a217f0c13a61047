package dev.hearth.signature.micronaut;

import dev.hearth.function.Context;
import dev.hearth.function.Response;
import dev.hearth.signature.micronaut.BeanFunction.Argument;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.web.Paths;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the function that a request names, by Micronaut's rules for routes. */
final class MicronautInvoker implements Invoker {

  private final Map<String, BeanFunction> functions;
  private final Map<String, BoundMethod> targets;
  private final List<Object> made;
  private final Codec codec;
  private final String root;
  private final TwoArguments two;

  MicronautInvoker(
      Map<String, BeanFunction> functions,
      Map<String, BoundMethod> targets,
      List<Object> made,
      Codec codec,
      String root) {
    this.functions = functions;
    this.targets = targets;
    this.made = made;
    this.codec = codec;
    this.root = root;
    this.two = new TwoArguments(codec.json());
  }

  /** What is called, with what, and how its answer is labelled. */
  @SuppressWarnings("ArrayRecordComponent") // it is never compared
  private record Call(BeanFunction function, @Nullable Object[] arguments, String answerType) {}

  private record Answered(Call call, @Nullable Object value) {}

  private record Answering(Call call) implements Function<@Nullable Object, Answered> {
    @Override
    public Answered apply(@Nullable Object value) {
      return new Answered(call, value);
    }
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false; // what is called depends on a request's path
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    BeanFunction function = named(Paths.of(exchange, root));
    var request = exchange.request();
    function.requireMethod(request.method());
    if (!function.arguments().isEmpty()
        && !function.media().takes(request.contentType().orElse(null))) {
      throw InputException.unsupportedType("the function takes " + function.media().consumes());
    }
    String accept = request.headers().first("accept").orElse(null);
    String answer = function.media().answer(accept);
    if (answer == null) {
      throw InputException.of(406, "the function gives " + function.media().produces());
    }
    return new Call(function, arguments(function, exchange), answer);
  }

  private BeanFunction named(List<String> paths) throws InputException {
    for (String path : paths) {
      BeanFunction named = functions.get(path);
      if (named != null) {
        return named;
      }
    }
    if (functions.size() == 1) {
      // A path that a platform put in front of the only function names it as well as any.
      return functions.values().iterator().next();
    }
    throw InputException.of(404, "no function of this path; there are " + functions.keySet());
  }

  private @Nullable Object[] arguments(BeanFunction function, Exchange exchange)
      throws InputException {
    List<Argument> arguments = function.arguments();
    if (arguments.size() == 2) {
      return two.read(exchange.request(), arguments);
    }
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    if (values.length == 1) {
      values[0] = arguments.get(0).input().read(exchange.request());
    }
    return values;
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    Call call = (Call) Objects.requireNonNull(input);
    BeanFunction function = call.function();
    BoundMethod method = Objects.requireNonNull(targets.get(function.name()));
    Object result = method.callAll(call.arguments());
    return result instanceof CompletionStage<?> stage
        ? stage.thenApply(new Answering(call))
        : new Answered(call, result);
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (!(result instanceof Answered answered)) {
      return;
    }
    Response response = exchange.response();
    if (answered.value() == null) {
      response.status(answered.call().function().gives() ? 404 : 200);
      return;
    }
    response.status(200);
    if (response.headers().first("content-type").isEmpty()) {
      response.header("Content-Type", answered.call().answerType());
    }
    codec.write(answered.value(), response);
  }

  @Override
  public void close() throws Exception {
    close(made);
  }

  /** Closes in reverse order, each one attempted. */
  static void close(List<Object> made) throws Exception {
    Exception first = null;
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        InstanceFactory.close(made.get(i));
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
