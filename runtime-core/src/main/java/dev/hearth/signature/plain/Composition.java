package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.function.Health;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Plain functions one after the other: each is given what the one before gave. The first may take nothing,
 * the last may give nothing.
 */
public final class Composition implements Binding {

  private final List<PlainBinding> parts;
  private final Shape shape;

  private Composition(List<PlainBinding> parts, Shape shape) {
    this.parts = parts;
    this.shape = shape;
  }

  /**
   * Composes, left to right.
   *
   * @param bindings two or more
   * @throws BindingException if one is no plain function, or does not fit behind the one before it
   */
  public static Binding of(List<? extends Binding> bindings, String handler) {
    List<PlainBinding> parts = new ArrayList<>();
    for (Binding binding : bindings) {
      if (!(binding instanceof PlainBinding part)) {
        throw new BindingException(
            "handler '"
                + handler
                + "' composes something else than plain functions; deploy it alone");
      }
      if (!parts.isEmpty()) {
        requireFit(parts.get(parts.size() - 1).signed, part.signed, handler);
      }
      parts.add(part);
    }
    boolean takes = takes(parts.get(0).shape());
    boolean gives = gives(parts.get(parts.size() - 1).shape());
    Shape shape = !gives ? Shape.CONSUMER : takes ? Shape.FUNCTION : Shape.SUPPLIER;
    return new Composition(List.copyOf(parts), shape);
  }

  private static void requireFit(Signed before, Signed after, String handler) {
    if (!gives(before.shape())) {
      throw new BindingException(
          "handler '"
              + handler
              + "' cannot be composed: "
              + before.handler()
              + " gives nothing, so it must come last");
    }
    if (after.takes() == void.class) {
      throw new BindingException(
          "handler '"
              + handler
              + "' cannot be composed: "
              + after.handler()
              + " takes nothing, so it must come first");
    }
    Class<?> given = Generics.boxed(Generics.raw(passedOn(before.gives(), after.takes())));
    Class<?> taken = Generics.boxed(Generics.raw(after.takes()));
    if (!taken.isAssignableFrom(given) && !given.isAssignableFrom(taken)) {
      throw new BindingException(
          "handler '"
              + handler
              + "' cannot be composed: "
              + before.handler()
              + " gives "
              + before.gives().getTypeName()
              + " and "
              + after.handler()
              + " takes "
              + after.takes().getTypeName());
    }
  }

  private static Type passedOn(Type given, Type taken) {
    Class<?> raw = Generics.raw(given);
    if (CompletionStage.class.isAssignableFrom(raw)) {
      return passedOn(Generics.argument(given, 0), taken);
    }
    return raw == Optional.class && Generics.raw(taken) != Optional.class
        ? Generics.argument(given, 0)
        : given;
  }

  private static boolean takes(Shape shape) {
    return shape == Shape.FUNCTION || shape == Shape.CONSUMER;
  }

  private static boolean gives(Shape shape) {
    return shape == Shape.FUNCTION || shape == Shape.SUPPLIER;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    List<Step> steps = new ArrayList<>();
    try {
      for (PlainBinding part : parts) {
        boolean wantsOptional = Generics.raw(part.signed.takes()) == Optional.class;
        steps.add(new Step(part.open(environment), wantsOptional));
      }
    } catch (Throwable e) {
      closeAll(steps, e);
      throw e;
    }
    return new Chain(steps);
  }

  /** Closes in reverse order, each one attempted; what goes wrong is added to the failure there is. */
  private static void closeAll(List<Step> steps, Throwable failure) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      try {
        steps.get(i).invoker.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  private record Step(Invoker invoker, boolean wantsOptional) {
    @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
      if (input instanceof Optional<?> optional && !wantsOptional) {
        return invoker.call(optional.orElse(null), context);
      }
      return invoker.call(input, context);
    }
  }

  /** A composition is as well as all its parts. */
  private record AllOf(List<Health> parts) implements Health {
    @Override
    public boolean alive() {
      for (Health part : parts) {
        if (!part.alive()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean ready() {
      for (Health part : parts) {
        if (!part.ready()) {
          return false;
        }
      }
      return true;
    }
  }

  private record Chain(List<Step> steps) implements Invoker {
    @Override
    public boolean accepts(@Nullable Object input) {
      return steps.get(0).invoker.accepts(input);
    }

    @Override
    public @Nullable Object read(Exchange exchange) throws Exception {
      return steps.get(0).invoker.read(exchange);
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
      return callFrom(0, input, context);
    }

    private @Nullable Object callFrom(int first, @Nullable Object input, Context context)
        throws Throwable {
      Object value = steps.get(first).call(input, context);
      for (int i = first + 1; i < steps.size(); i++) {
        if (value instanceof CompletionStage<?> stage) {
          return callLater(i, stage, context);
        }
        value = steps.get(i).call(value, context);
      }
      return value;
    }

    /** Goes on when the value is there, wherever that is: with the context class loader of now. */
    private CompletionStage<?> callLater(int next, CompletionStage<?> stage, Context context) {
      ClassLoader functions = Thread.currentThread().getContextClassLoader();
      return stage
          .thenApply(
              value -> {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                thread.setContextClassLoader(functions);
                try {
                  return callFrom(next, value, context);
                } catch (Throwable e) {
                  throw new CompletionException(e);
                } finally {
                  thread.setContextClassLoader(before);
                }
              })
          .thenCompose(Chain::flat);
    }

    @SuppressWarnings("unchecked") // whatever it is completed with is passed on as an object
    private static CompletionStage<@Nullable Object> flat(@Nullable Object value) {
      return value instanceof CompletionStage<?> stage
          ? (CompletionStage<@Nullable Object>) stage
          : CompletableFuture.completedFuture(value);
    }

    @Override
    public void write(@Nullable Object result, Exchange exchange) throws Exception {
      steps.get(steps.size() - 1).invoker.write(result, exchange);
    }

    @Override
    public List<Lifecycle> hooks() {
      List<Lifecycle> hooks = new ArrayList<>();
      for (Step step : steps) {
        hooks.addAll(step.invoker.hooks());
      }
      return hooks;
    }

    @Override
    public @Nullable Health health() {
      List<Health> said = new ArrayList<>();
      for (Step step : steps) {
        Health one = step.invoker.health();
        if (one != null) {
          said.add(one);
        }
      }
      return said.isEmpty() ? null : new AllOf(said);
    }

    @Override
    public void close() throws Exception {
      Exception failure = null;
      for (int i = steps.size() - 1; i >= 0; i--) {
        try {
          steps.get(i).invoker.close();
        } catch (Exception e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
