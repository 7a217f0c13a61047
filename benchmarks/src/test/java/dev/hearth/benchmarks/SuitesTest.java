package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs each benchmark method once, so that a suite that no longer works fails the build. */
@Timeout(120)
final class SuitesTest {

  @Test
  void specialise_eachRow_givesTheAnswer() throws Exception {
    SpecialiseBenchmark suite = new SpecialiseBenchmark();
    suite.open();
    try {
      assertThat(suite.hearth()).isEqualTo("x");
      assertThat(suite.hearth()).isEqualTo("x");
      assertThat(suite.urlClassLoader()).isEqualTo("x");
    } finally {
      suite.close();
    }
  }

  @Test
  void invoke_eachRow_givesTheAnswer() throws Exception {
    InvokeBenchmark suite = new InvokeBenchmark();
    suite.open();
    try {
      assertThat(suite.nothing()).isEqualTo("x");
      assertThat(suite.direct()).isEqualTo("x");
      assertThat(suite.invoke()).isEqualTo("x");
      assertThat(suite.invokeWithRunTimeout()).isEqualTo("x");
    } finally {
      suite.close();
    }
  }
}
