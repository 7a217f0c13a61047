package dev.hearth.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import dev.hearth.testing.TestJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MetricsPageTest {

  @TempDir Path directory;

  @Test
  void metrics_tellWhatBecameOfCalls() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Function<String,"
                    + " String> { public String apply(String in) { if (in.equals(\"no\")) throw new"
                    + " IllegalStateException(); return in; } }")
            .build("f.jar");
    try (Hearth hearth = Hearth.builder().build();
        AdminServer admin = AdminServer.start(hearth, "127.0.0.1", 0, () -> null)) {
      FunctionHandle function =
          hearth.deploy(
              "orders",
              FunctionSpec.builder(jar)
                  .metering(
                      new Metering(Metering.Scope.FULL, 60_000_000_000L, Limits.NONE, 1024L << 20))
                  .breaker(new BreakerSettings(1, Duration.ofHours(1)))
                  .build());
      for (String input : new String[] {"yes", "yes", "no"}) {
        function.invokeAsync(input, Duration.ofSeconds(60)).join();
      }

      HttpResponse<String> page = get(admin, "/metrics");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(page.body().lines())
          .contains(
              "faas_invocations_total{function=\"orders\",outcome=\"returned\"} 2",
              "faas_invocations_total{function=\"orders\",outcome=\"failed\"} 1",
              "faas_errors_total{function=\"orders\"} 1",
              "faas_timeouts_total{function=\"orders\"} 0",
              "faas_invoke_duration_seconds_count{function=\"orders\"} 3",
              "faas_invoke_duration_seconds_bucket{function=\"orders\",le=\"+Inf\"} 3",
              "hearth_instances{function=\"orders\"} 1",
              "hearth_function_parked{function=\"orders\"} 1",
              "hearth_threads_quarantined 0",
              "# TYPE faas_coldstarts_total counter")
          .anyMatch(line -> line.matches("faas_billed_gb_seconds_total\\{.*\\} 0\\.\\d+"))
          .anyMatch(line -> line.matches("faas_cpu_usage_seconds_total\\{.*\\} \\d.*"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""));
      assertThat(get(admin, "/functions").body())
          .contains("\"parked\":true")
          .contains("\"calls\":{\"returned\":2,\"failed\":1,\"refused\":0,\"timedOut\":0");
      assertThat(get(admin, "/nowhere").body()).contains("/metrics");
    }
  }

  private static HttpResponse<String> get(AdminServer admin, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
