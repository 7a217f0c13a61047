package dev.hearth.signature.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Plain functions one after the other: each is given what the one before gave, and the headers it gave or was given. */
final class Chain implements Bean {

  private final List<Bean> parts;
  private final String definition;
  private final Kind kind;

  /**
   * Composes.
   *
   * @throws IllegalArgumentException if a part gives or takes nothing where it has to
   */
  Chain(List<Bean> parts) {
    this.parts = parts;
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      Bean part = parts.get(i);
      names.append(i == 0 ? "" : "|").append(part.definition());
      if (i > 0 && part.kind() == Kind.SUPPLIER) {
        throw new IllegalArgumentException(part.definition() + " takes nothing, so it comes first");
      }
      if (i < parts.size() - 1 && part.kind() == Kind.CONSUMER) {
        throw new IllegalArgumentException(part.definition() + " gives nothing, so it comes last");
      }
    }
    this.definition = names.toString();
    Kind last = parts.get(parts.size() - 1).kind();
    boolean supplies = parts.get(0).kind() == Kind.SUPPLIER && last != Kind.CONSUMER;
    this.kind = supplies ? Kind.SUPPLIER : last;
  }

  @Override
  public String definition() {
    return definition;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public @Nullable Object call(Envelope message, boolean asStream) throws Throwable {
    return callFrom(0, message, asStream);
  }

  private @Nullable Object callFrom(int first, Envelope message, boolean asStream)
      throws Throwable {
    Envelope next = message;
    Object result = null;
    for (int i = first; i < parts.size(); i++) {
      result = parts.get(i).call(next, asStream);
      if (result instanceof CompletionStage<?> stage && i < parts.size() - 1) {
        return later(i + 1, stage, message, asStream);
      }
      next = result instanceof Envelope given ? given : message.with(result);
    }
    return result;
  }

  /** Goes on when the value is there, wherever that is: with the context class loader of now. */
  private CompletionStage<?> later(
      int next, CompletionStage<?> stage, Envelope message, boolean asStream) {
    ClassLoader functions = Thread.currentThread().getContextClassLoader();
    return stage.thenCompose(
        value -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          thread.setContextClassLoader(functions);
          try {
            Envelope given = value instanceof Envelope envelope ? envelope : message.with(value);
            return staged(callFrom(next, given, asStream));
          } catch (Throwable e) {
            throw new CompletionException(e);
          } finally {
            thread.setContextClassLoader(before);
          }
        });
  }

  @SuppressWarnings("unchecked") // whatever it is completed with is passed on as an object
  private static CompletionStage<@Nullable Object> staged(@Nullable Object value) {
    return value instanceof CompletionStage<?> stage
        ? (CompletionStage<@Nullable Object>) stage
        : CompletableFuture.completedFuture(value);
  }
}
