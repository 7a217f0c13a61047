package dev.hearth.signature.fn;

import com.fnproject.fn.api.OutputEvent;
import dev.hearth.function.Context;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls one instance of a function. Its runtime is made once; one that cannot be started fails its call, and the next call tries with a
 * fresh one.
 */
final class FnInvoker implements Invoker {

  private final Entry entry;
  private final Settings settings;
  private final JsonBinding json;

  /** Held while the function's code prepares itself, by a call that all others of this instance have to wait for. */
  private final ReentrantLock starting = new ReentrantLock();

  private volatile @Nullable FunctionRuntime runtime; // written once, under the lock

  FnInvoker(Entry entry, Settings settings, JsonBinding json) {
    this.entry = entry;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Makes everything ready for the first call.
   *
   * @throws Exception what the function's code threw
   */
  void open() throws Exception {
    FunctionRuntime ready = ready();
    try {
      ready.instance();
    } catch (RuntimeException | Error e) {
      runtime = null;
      throw e;
    }
  }

  private FunctionRuntime ready() throws InterruptedException {
    FunctionRuntime known = runtime;
    if (known != null) {
      return known;
    }
    starting.lockInterruptibly();
    try {
      known = runtime;
      if (known == null) {
        known = start();
        runtime = known;
      }
      return known;
    } finally {
      starting.unlock();
    }
  }

  private FunctionRuntime start() {
    FunctionRuntime fresh = new FunctionRuntime(entry, settings, json);
    try {
      fresh.start();
      return fresh;
    } catch (RuntimeException | Error e) {
      try {
        InstanceFactory.close(fresh.made());
      } catch (Exception onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false;
  }

  @Override
  public Object read(Exchange exchange) {
    return exchange.request();
  }

  @Override
  public Reply call(@Nullable Object input, Context context) throws Throwable {
    Request request = (Request) Objects.requireNonNull(input);
    FunctionRuntime ready = ready();
    CallEvent event = new CallEvent(request, context);
    CallContext call = new CallContext(ready, event);
    OutputEvent answer;
    try {
      answer = ready.answer(call, event);
    } catch (Throwable e) {
      call.ended(false);
      throw e;
    }
    call.ended(answer.isSuccess());
    return new Reply(answer, call.headers(), CallEvent.isFromFn(request));
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (result instanceof Reply reply) {
      reply.write(exchange.response(), entry.method());
    }
  }

  @Override
  public void close() throws Exception {
    FunctionRuntime known = runtime;
    if (known != null) {
      InstanceFactory.close(known.made());
    }
  }
}
