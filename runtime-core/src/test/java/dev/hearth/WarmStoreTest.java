package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the host keeps for functions beyond the lives of their versions. */
@Timeout(120)
final class WarmStoreTest {

  /** Answers what was kept before, and keeps what it is given; the maker is a class of its own. */
  private static final String KEEPER =
      "package acme; import java.time.Duration; public class Keeper"
          + " implements java.util.function.Function<String, String> {"
          + " private final dev.hearth.function.WarmStore store;"
          + " public Keeper(dev.hearth.function.Environment e) { store = e.warmStore(); }"
          + " public String apply(String text) { try {"
          + " byte[] first = store.get(\"first\", Duration.ofHours(1), () -> text.getBytes());"
          + " String before = store.get(\"last\").map(String::new).orElse(\"-\");"
          + " store.put(\"last\", text.getBytes(), Duration.ofHours(1));"
          + " return new String(first) + ' ' + before;"
          + " } catch (Exception e) { throw new IllegalStateException(e); } } }";

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().build();
  private Path jar;

  @BeforeEach
  void compile() {
    jar = TestJar.of(directory).withApi().source("acme.Keeper", KEEPER).build("keeper.jar");
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionSpec keeper() {
    return FunctionSpec.builder(jar).warmStoreBytes(1 << 16).build();
  }

  @Test
  void swap_findsWhatTheOldVersionKept_andTheOldOneIsCollected() {
    FunctionHandle f = hearth.deploy("f", keeper());
    assertThat(f.invoke("a", String.class)).isEqualTo("a -");
    for (String text : new String[] {"b", "c", "d"}) {
      String before = f.invoke(text, String.class);
      f.swap(keeper());
      assertThat(before).startsWith("a ");
    }
    assertThat(f.invoke("e", String.class)).isEqualTo("a d");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(hearth.retired()).isEmpty();
            });
  }

  @Test
  void otherFunction_andOneDeployedAnew_findNothing() {
    FunctionHandle f = hearth.deploy("f", keeper());
    f.invoke("a", String.class);

    assertThat(hearth.deploy("g", keeper()).invoke("x", String.class)).isEqualTo("x -");
    f.undeploy();
    assertThat(hearth.deploy("f", keeper()).invoke("y", String.class)).isEqualTo("y -");
  }

  @Test
  void spec_withoutRoom_refusesWithWhatToDo() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> hearth.deploy("f", FunctionSpec.of(jar)))
        .satisfies(
            e ->
                assertThat(e)
                    .hasStackTraceContaining(
                        "function 'f' has no warm store; give it room by warmStore in its spec"));
  }

  @Test
  void spec_roomBelowZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FunctionSpec.builder(jar).warmStoreBytes(-1))
        .withMessage("warmStore is -1; it must be 0 or more bytes");
  }
}
