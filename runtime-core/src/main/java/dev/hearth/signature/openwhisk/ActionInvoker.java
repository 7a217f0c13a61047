package dev.hearth.signature.openwhisk;

import com.google.gson.JsonElement;
import dev.hearth.function.Context;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Calls one action. */
final class ActionInvoker implements Invoker {

  private final Action action;

  ActionInvoker(Action action) {
    this.action = action;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return action.taking(input) != null;
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    JsonElement argument = Argument.of(exchange.request());
    if (action.taking(argument) == null) {
      throw InputException.malformed(
          "action "
              + action.name()
              + " takes "
              + action.taken()
              + "; what was sent is "
              + Action.kind(argument),
          null);
    }
    return argument;
  }

  @Override
  public Object call(@Nullable Object input, Context context) throws Throwable {
    BoundMethod method = action.taking(input);
    if (method == null) {
      throw new IllegalArgumentException("action " + action.name() + " takes " + action.taken());
    }
    Object result = method.call(input);
    if (result == null) {
      throw new OutputException(
          action.name() + ": the action returned null; return a JsonObject or JsonArray", null);
    }
    return result;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws IOException {
    if (result != null) {
      exchange.response().header("Content-Type", "application/json");
      exchange.response().body().write(result.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {}
}
