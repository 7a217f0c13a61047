package dev.hearth.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads, made without their API. */
final class VirtualThreadsTest {

  private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void executor_runsEachTaskOnAVirtualThreadOfItsOwn_namedAndWithoutThreadLocals()
      throws Exception {
    ExecutorService executor = VirtualThreads.executor("acme-");
    INHERITABLE.set("the caller's");
    try {
      for (int i = 0; i < 3; i++) {
        Thread thread = executor.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
        assertThat(thread.getName()).isEqualTo("acme-" + i);
        assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
      }
      assertThat(executor.submit(INHERITABLE::get).get(10, TimeUnit.SECONDS)).isNull();
    } finally {
      INHERITABLE.remove();
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void executor_onAJdkWithoutVirtualThreads_saysSo() {
    assertThatThrownBy(() -> VirtualThreads.executor("acme-"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("virtual threads need JDK 21 or newer; this is 17");
  }
}
