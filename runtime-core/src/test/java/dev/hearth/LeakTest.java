package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.hearth.loader.DeployException;
import dev.hearth.loader.UnloadWatch;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions that something holds after they were replaced. */
@Timeout(120)
final class LeakTest {

  private static final List<Object> HELD = new ArrayList<>();

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().maxHeldVersions(3).build();

  @AfterEach
  void close() {
    hearth.close();
    HELD.clear();
  }

  private FunctionSpec who() {
    return FunctionSpec.of(
        TestJar.of(directory)
            .source(
                "acme.Who",
                "package acme; public class Who implements java.util.function.Supplier<Object> {"
                    + " public Object get() { return this; } }")
            .build("who.jar"));
  }

  @Test
  void swap_versionsThatAreHeld_isRefusedAtTheLimitWithTheHolder() {
    FunctionHandle f = hearth.deploy("f", who());
    FunctionHandle other = hearth.deploy("other", who());
    for (int i = 0; i < 3; i++) {
      HELD.add(f.invoke(null));
      f.swap(who());
    }
    await().until(() -> hearth.retired().size() == 3);

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> f.swap(who()))
        .withMessageContaining("'f': 3 replaced versions are still held in memory")
        .withMessageContaining("(limit=3)")
        .withMessageContaining("dev.hearth.LeakTest.HELD")
        .withMessageContaining("acme.Who");
    assertThat(f.invoke(null)).as("it goes on").isNotNull();
    other.swap(who());

    assertThat(hearth.retired()).filteredOn(UnloadWatch.Pending::held).hasSize(3);
  }

  @Test
  void retired_onAnIdleHeap_isNoLeak() {
    FunctionHandle f = hearth.deploy("f", who());
    for (int i = 0; i < 10; i++) {
      f.invoke(null);
      f.swap(who());
    }

    assertThat(hearth.retired()).noneMatch(UnloadWatch.Pending::held);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(hearth.retired()).isEmpty();
            });
  }

  @Test
  void holder_versionThatIsHeld_isTheWayFromARoot() throws Exception {
    FunctionHandle f = hearth.deploy("f", who());
    String version = f.version();
    HELD.add(List.of("x", f.invoke(null)));
    f.swap(who());
    await().until(() -> hearth.retired().size() == 1);

    List<String> path = hearth.holder("f", version);

    assertThat(path.get(path.size() - 1)).isEqualTo("dev.hearth.loader.FunctionLoader");
    assertThat(path).anyMatch(line -> line.contains("LeakTest.HELD"));
    assertThat(path).anyMatch(line -> line.equals("class acme.Who is defined by it"));

    HELD.clear();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(hearth.retired()).isEmpty();
            });
    assertThat(hearth.holder("f", version)).isEmpty();
  }
}
