package dev.hearth.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.metrics.PrometheusText.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class MetricsTest {

  @Test
  void counters_withoutSeries_areStillAFamily() {
    PrometheusText text = new PrometheusText();

    new Counters("calls_total", "Calls", "method").write(text);

    assertThat(text.toString()).isEqualTo("# HELP calls_total Calls\n# TYPE calls_total counter\n");
  }

  @Test
  void counters_ofSeveralLabels_areWrittenInTheOrderOfTheirValues() {
    Counters counters = new Counters("requests_total", "Requests", "method", "code");
    counters.add("POST", "200");
    counters.add("GET", "500");
    counters.add("GET", "200");
    counters.add("GET", "200");
    PrometheusText text = new PrometheusText();

    counters.write(text);

    assertThat(text.toString().lines().skip(2))
        .containsExactly(
            "requests_total{method=\"GET\",code=\"200\"} 2",
            "requests_total{method=\"GET\",code=\"500\"} 1",
            "requests_total{method=\"POST\",code=\"200\"} 1");
    assertThat(counters.count("GET", "200")).isEqualTo(2);
  }

  @Test
  void counters_withoutLabels_areOneNumber() {
    Counters counters = new Counters("calls_total", "Calls");
    counters.add();
    PrometheusText text = new PrometheusText();

    counters.write(text);

    assertThat(text.toString()).endsWith("\ncalls_total 1\n");
  }

  @Test
  void counters_wrongNumberOfValues_isRefused() {
    Counters counters = new Counters("calls_total", "Calls", "method");

    assertThatThrownBy(() -> counters.add("GET", "200"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[GET, 200]");
  }

  @Test
  void counters_addedAtOnce_areAllCounted() throws Exception {
    Counters counters = new Counters("calls_total", "Calls", "method");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> adding = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String method = "M" + t % 3;
      adding.add(
          pool.submit(
              () -> {
                go.await();
                for (int i = 0; i < 10_000; i++) {
                  counters.add(method);
                }
                return null;
              }));
    }
    go.countDown();
    for (Future<?> each : adding) {
      each.get(30, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(counters.count("M0") + counters.count("M1") + counters.count("M2"))
        .isEqualTo(80_000);
  }

  @Test
  void histogram_bucketsAddUp_andABoundBelongsToItsBucket() {
    Histogram histogram =
        new Histogram("took_seconds", "Took", new double[] {0.5, 1, 2.5}, "method");
    for (long millis : new long[] {100, 500, 501, 1000, 2500, 2501, 60_000}) {
      histogram.record(TimeUnit.MILLISECONDS.toNanos(millis), "GET");
    }
    PrometheusText text = new PrometheusText();

    histogram.write(text);

    assertThat(text.toString())
        .isEqualTo(
            """
            # HELP took_seconds Took
            # TYPE took_seconds histogram
            took_seconds_bucket{method="GET",le="0.5"} 2
            took_seconds_bucket{method="GET",le="1"} 4
            took_seconds_bucket{method="GET",le="2.5"} 5
            took_seconds_bucket{method="GET",le="+Inf"} 7
            took_seconds_sum{method="GET"} 67.102
            took_seconds_count{method="GET"} 7
            """);
  }

  @Test
  void histogram_boundsThatDoNotRise_areRefused() {
    assertThatThrownBy(() -> new Histogram("a_seconds", "A", new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a_seconds");
  }

  @Test
  void text_valuesAndHelp_areEscaped() {
    PrometheusText text =
        new PrometheusText()
            .family("a", "one \"two\"\nthree \\ four", Kind.GAUGE)
            .sample("", 1, "l", "one \"two\"\nthree \\ four ☃");

    assertThat(text.toString())
        .isEqualTo(
            "# HELP a one \"two\"\\nthree \\\\ four\n# TYPE a gauge\n"
                + "a{l=\"one \\\"two\\\"\\nthree \\\\ four ☃\"} 1\n");
  }

  @Test
  void text_forSomeFamilies_leavesOutTheOthers() {
    PrometheusText text =
        new PrometheusText(Set.of("b"))
            .family("a", "A", Kind.COUNTER)
            .sample("", 1)
            .family("b", "B", Kind.COUNTER)
            .sample("_total", 2);

    assertThat(text.toString()).isEqualTo("# HELP b B\n# TYPE b counter\nb_total 2\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "12345678901,12345678901",
    "0.25,0.25",
    "1e-7,1.0E-7",
    "1e300,1.0E300",
    "-3,-3",
    "NaN,NaN"
  })
  void text_numbers_areWrittenAsPrometheusReadsThem(double value, String expected) {
    assertThat(new PrometheusText().family("a", "A", Kind.GAUGE).sample("", value).toString())
        .endsWith("\na " + expected + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "é", "a\n"})
  void text_namesThatAreNone_areRefused(String name) {
    assertThatThrownBy(() -> new PrometheusText().family(name, "", Kind.GAUGE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new PrometheusText().family("a", "", Kind.GAUGE).sample("", 1, name, "v"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_sampleWithoutFamily_orHalfALabel_isRefused() {
    assertThatThrownBy(() -> new PrometheusText().sample("", 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new PrometheusText().family("a", "", Kind.GAUGE).sample("", 1, "b"))
        .isInstanceOf(IllegalStateException.class);
  }
}
