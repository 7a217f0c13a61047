package dev.hearth.signature.plain;

import dev.hearth.function.BatchFunction;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a function of batches. */
final class BatchInvoker implements Invoker {

  private final BatchFunction<Object, Object> function;
  private final Codec codec;
  private final Type item;
  private final Type list;

  @SuppressWarnings("unchecked") // the items are made to fit what the class says
  BatchInvoker(Object function, Codec codec, Type item, Type list) {
    this.function = (BatchFunction<Object, Object>) function;
    this.codec = codec;
    this.item = item;
    this.list = list;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof List;
  }

  @Override
  public Object read(Exchange exchange) throws InputException {
    return Batch.read(exchange.request(), codec, item, list);
  }

  @Override
  @SuppressWarnings("unchecked") // as above
  public Object call(@Nullable Object input, Context context) throws Exception {
    if (input instanceof Batch batch) {
      return new Batch(results((List<Object>) batch.items(), context), batch.form());
    }
    return results(input == null ? List.of() : (List<Object>) input, context);
  }

  private List<Object> results(List<Object> items, Context context) throws Exception {
    List<Object> results = function.apply(items, context);
    int count = results == null ? 0 : results.size();
    if (results == null || count != items.size()) {
      throw new OutputException(
          function.getClass().getName()
              + " gave "
              + (results == null ? "null" : count + " results")
              + " for "
              + items.size()
              + " items; give one for each, null where there is none",
          null);
    }
    return results;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange)
      throws OutputException, IOException {
    if (!(result instanceof Batch batch)) {
      codec.write(result, exchange.response());
      return;
    }
    switch (batch.form()) {
      case ONE -> codec.write(batch.items().get(0), exchange.response());
      case ARRAY -> codec.write(batch.items(), exchange.response());
      case LINES -> writeLines(batch.items(), exchange);
    }
  }

  private void writeLines(List<?> items, Exchange exchange) throws OutputException, IOException {
    StringBuilder lines = new StringBuilder();
    for (Object item : items) {
      lines.append(codec.json().write(item)).append('\n');
    }
    exchange.response().header("Content-Type", "application/x-ndjson");
    exchange.response().body().write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Lifecycle> hooks() {
    return InstanceFactory.hooks(function);
  }

  @Override
  public void close() throws Exception {
    InstanceFactory.close(function);
  }
}
