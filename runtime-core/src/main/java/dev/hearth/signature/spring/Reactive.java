package dev.hearth.signature.spring;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Results of Reactor's kinds. Apart, because not every application has the library. */
final class Reactive {

  private Reactive() {}

  /** Ends the threads that the function's copy of Reactor may have started. */
  static void stopThreads() {
    Schedulers.shutdownNow();
  }

  /**
   * What a result of this kind is to the endpoints: many for a flux, a promise for anything else; other values as they are.
   *
   * @param asStream whether items are sent one by one as they come
   */
  static @Nullable Object settled(@Nullable Object result, boolean asStream) {
    if (!(result instanceof Publisher<?> publisher)) {
      return result;
    }
    if (publisher instanceof Mono<?> mono) {
      CompletionStage<?> promise = mono.toFuture();
      return promise;
    }
    return asStream ? new Many(Flux.from(publisher).toIterable(1)) : collected(publisher);
  }

  private static CompletionStage<Many> collected(Publisher<?> publisher) {
    return Flux.from(publisher).collectList().<Many>map(Many::new).toFuture();
  }
}
