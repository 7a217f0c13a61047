package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SamplesTest {

  @Test
  void median_oddCount_isTheMiddle() {
    assertThat(samples(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void median_evenCount_isBetweenTheMiddleTwo() {
    assertThat(samples(9, 1, 5, 2).median()).isEqualTo(3.5);
  }

  @Test
  void minAndMax_anyOrder_areTheEnds() {
    assertThat(samples(9, 1, 5).min()).isEqualTo(1);
    assertThat(samples(9, 1, 5).max()).isEqualTo(9);
  }

  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }
}
