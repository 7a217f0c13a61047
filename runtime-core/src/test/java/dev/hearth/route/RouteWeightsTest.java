package dev.hearth.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteWeightsTest {

  private static Route route(String first, int weight, String second, int other) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    weights.put(first, weight);
    weights.put(second, other);
    return Route.of(weights);
  }

  @ParameterizedTest
  @CsvSource({"95, 5", "1, 1", "1, 9999", "0, 7", "7, 0", "10000, 10000"})
  void choose_manyCalls_sharesThemByWeight(int first, int second) {
    Route route = route("stable", first, "canary", second);
    SplittableRandom random = new SplittableRandom(20261126);
    int calls = 1_000_000;
    int canary = 0;

    for (int i = 0; i < calls; i++) {
      canary += route.choose(random.nextInt()).equals("canary") ? 1 : 0;
    }

    double share = (double) second / (first + second);
    double deviation = Math.sqrt(calls * share * (1 - share));
    assertThat((double) canary).isEqualTo(calls * share, within(5 * deviation));
  }

  @Test
  void choose_extremesOfTheRandomNumber_areInRange() {
    Route route = route("a", 1, "b", 2);

    assertThat(route.choose(0)).isEqualTo("a");
    assertThat(route.choose(-1)).isEqualTo("b");
    assertThat(route("a", 1, "b", 0).choose(-1)).isEqualTo("a");
    assertThat(Route.to("x").choose(Integer.MIN_VALUE)).isEqualTo("x");
  }

  @Test
  void chooseFor_sameKey_isTheSameTargetAndStaysWhenItsShareGrows() {
    Route small = route("stable", 95, "canary", 5);
    Route large = route("stable", 80, "canary", 20);
    int canary = 0;

    for (int i = 0; i < 100_000; i++) {
      String key = "user-" + i;
      String chosen = small.chooseFor(key);
      assertThat(small.chooseFor(key)).isEqualTo(chosen);
      if (chosen.equals("canary")) {
        canary++;
        assertThat(large.chooseFor(key)).isEqualTo("canary");
      }
    }

    assertThat((double) canary).isEqualTo(5_000, within(400.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, -1, 10_001, 1_000_000_000})
  void C09_weightOutOfRange_isRefusedWithItsTarget(int weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> route("stable", 1, "canary", weight))
        .withMessageContaining("'canary' is " + weight)
        .withMessageContaining("0 to 10000");
  }

  @Test
  void C09_weightsOfNothing_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> route("stable", 0, "canary", 0))
        .withMessageContaining("sum to 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Route.of(Map.of()));
  }
}
