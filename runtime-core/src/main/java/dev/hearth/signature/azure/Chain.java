package dev.hearth.signature.azure;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The middlewares of one call, the function behind them. Each is passed once; going on behind the function does nothing. */
final class Chain implements MiddlewareChain {

  private final List<Middleware> middlewares;
  private final CallContext call;
  private final Instances instances;
  private int next;

  Chain(List<Middleware> middlewares, CallContext call, Instances instances) {
    this.middlewares = middlewares;
    this.call = call;
    this.instances = instances;
  }

  @Override
  public void doNext(MiddlewareContext context) throws Exception {
    int now = next++;
    if (now < middlewares.size()) {
      middlewares.get(now).invoke(context, this);
    } else if (now == middlewares.size()) {
      try {
        runFunction();
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        Chain.<RuntimeException>throwAsIs(e);
      }
    }
  }

  /** What a method threw that is neither an exception nor an error goes through middlewares as it is. */
  @SuppressWarnings("unchecked") // T is erased, which is the point
  private static <T extends Throwable> void throwAsIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private void runFunction() throws Throwable {
    Function function = call.function();
    List<Argument> arguments = function.arguments();
    @Nullable Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(call);
    }
    call.updateReturnValue(function.invoke(instances.forCall(), values));
  }
}
