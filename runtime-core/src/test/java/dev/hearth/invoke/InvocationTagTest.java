package dev.hearth.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.function.Environment;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InvocationTagTest {

  private static Invocation invocation(String function) {
    return new Invocation(
        new ValueCall("x", null), new Named(function), Limits.of(null, null, null));
  }

  private static Outcome<?> returned(Invocation invocation) {
    return new Outcome.Returned<>(null, invocation.timings());
  }

  /** What a new thread, started here, sees as its tag. */
  private static @Nullable InvocationTag seenByNewThread() throws InterruptedException {
    AtomicReference<@Nullable InvocationTag> seen = new AtomicReference<>();
    Thread thread = new Thread(() -> seen.set(InvocationTag.current()));
    thread.start();
    thread.join();
    return seen.get();
  }

  @Test
  void current_outsideOfInvocations_isNull() throws Exception {
    assertThat(InvocationTag.current()).isNull();
    assertThat(seenByNewThread()).isNull();
  }

  @Test
  void current_insideAnInvocation_namesIt() {
    Invocation invocation = invocation("resize");

    Invocation outer = invocation.enter();
    InvocationTag tag = InvocationTag.current();
    invocation.leave(outer);

    assertThat(tag).isSameAs(invocation.tag());
    assertThat(tag.function()).isEqualTo("resize");
    assertThat(tag.version()).isEqualTo("v1");
    assertThat(tag.invocation()).isEqualTo(invocation.id());
    assertThat(InvocationTag.current()).isNull();
  }

  @Test
  void thread_startedInsideAnInvocation_hasItsTagButNotTheInvocation() throws Exception {
    Invocation invocation = invocation("resize");
    AtomicReference<@Nullable InvocationTag> grandchild = new AtomicReference<>();
    AtomicReference<@Nullable Invocation> held = new AtomicReference<>();

    Invocation outer = invocation.enter();
    Thread child =
        new Thread(
            () -> {
              held.set(Invocation.current());
              try {
                grandchild.set(seenByNewThread());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    child.start();
    child.join();
    invocation.leave(outer);

    assertThat(grandchild.get()).isSameAs(invocation.tag());
    assertThat(held.get()).isNull();
  }

  @Test
  void pooledThread_afterItsInvocationEnded_hasNoTag() throws Exception {
    Invocation first = invocation("a");
    Invocation second = invocation("b");
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Invocation outer = first.enter();
      InvocationTag during = pool.submit(InvocationTag::current).get(10, TimeUnit.SECONDS);
      first.leave(outer);
      InvocationTag pending = pool.submit(InvocationTag::current).get(10, TimeUnit.SECONDS);
      first.end(returned(first));
      second.enter();
      InvocationTag later = pool.submit(InvocationTag::current).get(10, TimeUnit.SECONDS);
      second.leave(null);

      assertThat(during).isSameAs(first.tag());
      assertThat(pending).isSameAs(first.tag());
      assertThat(later).isNull();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void functionsThread_thatCallsAnotherFunction_getsItsTagBack() throws Exception {
    Invocation calling = invocation("a");
    Invocation called = invocation("b");
    AtomicReference<@Nullable InvocationTag> inside = new AtomicReference<>();
    AtomicReference<@Nullable InvocationTag> after = new AtomicReference<>();

    Invocation outer = calling.enter();
    Thread thread =
        new Thread(
            () -> {
              Invocation before = called.enter();
              inside.set(InvocationTag.current());
              called.leave(before);
              after.set(InvocationTag.current());
            });
    thread.start();
    thread.join();
    calling.leave(outer);

    assertThat(inside.get()).isSameAs(called.tag());
    assertThat(after.get()).isSameAs(calling.tag());
  }

  @Test
  void tagged_onAnyThread_namesTheInvocationMeanwhile() throws Exception {
    Invocation invocation = invocation("resize");
    AtomicReference<@Nullable InvocationTag> seen = new AtomicReference<>();
    AtomicReference<@Nullable InvocationTag> after = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);

    new Thread(
            () -> {
              invocation.tagged(() -> seen.set(InvocationTag.current()));
              after.set(InvocationTag.current());
              done.countDown();
            })
        .start();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen.get()).isSameAs(invocation.tag());
    assertThat(after.get()).isNull();
  }

  private record Named(String function) implements Environment {
    @Override
    public String version() {
      return "v1";
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }
  }
}
