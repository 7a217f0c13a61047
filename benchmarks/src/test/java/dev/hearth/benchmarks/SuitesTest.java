package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void invokers_eachRow_givesTheAnswer() throws Throwable {
    InvokersBenchmark suite = new InvokersBenchmark();
    suite.open();
    try {
      assertThat(suite.nothing()).isEqualTo("x");
      assertThat(suite.ownInterface()).isEqualTo("x");
      assertThat(suite.reflection()).isEqualTo("x");
      assertThat(suite.boundHandle()).isEqualTo("x");
      assertThat(suite.spreadingHandle()).isEqualTo("x");
      assertThat(suite.lambdaClass()).isEqualTo("x");
      assertThat(suite.generatedClass()).isEqualTo("x");
      assertThat(suite.hostByInterface()).isEqualTo("x");
      assertThat(suite.hostByName()).isEqualTo("x");
    } finally {
      suite.close();
    }
  }

  @Test
  void firstInvoker_eachRow_givesTheAnswer() throws Throwable {
    FirstInvokerBenchmark suite = new FirstInvokerBenchmark();
    assertThat(suite.reflection()).isEqualTo("x");
    assertThat(suite.boundHandle()).isEqualTo("x");
    assertThat(suite.lambdaClass()).isEqualTo("x");
    assertThat(suite.generatedClass()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "hearth", "event-loop"})
  void httpRoundTrip_eachServer_givesTheAnswer(String kind) throws Exception {
    HttpRoundTripBenchmark suite = new HttpRoundTripBenchmark();
    HttpRoundTripBenchmark.Server server = new HttpRoundTripBenchmark.Server();
    HttpRoundTripBenchmark.Client client = new HttpRoundTripBenchmark.Client();
    server.kind = kind;
    server.start();
    try {
      client.connect(server);
      assertThat(suite.one(client)).isEqualTo("Hello, x!");
      assertThat(suite.thirtyTwo(client)).isEqualTo("Hello, x!");
    } finally {
      client.disconnect();
      server.stop();
    }
  }
}
