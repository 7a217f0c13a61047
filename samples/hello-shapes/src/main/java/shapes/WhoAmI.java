package shapes;

import dev.hearth.function.Context;
import dev.hearth.function.ContextFunction;
import dev.hearth.function.Reply;

/** Also wants to know about its call, and sets a header on its answer. */
public class WhoAmI implements ContextFunction<String, Reply<String>> {
  @Override
  public Reply<String> apply(String ignored, Context context) {
    return Reply.of(context.environment().function() + " " + context.environment().version())
        .header("X-Invocation", context.id());
  }
}
