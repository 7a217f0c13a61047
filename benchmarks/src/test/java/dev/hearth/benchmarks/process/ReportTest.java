package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ReportTest {

  private static final Machine MACHINE = new Machine("2030-01-02", "2 × P", "Linux 6", "0.10");

  @TempDir Path directory;

  @Test
  void verdict_ratioWithinItsLimit_isMet() {
    Verdict verdict = target("cold-25-netty").verdict(results(110, 100), 25);

    assertThat(verdict.value()).isEqualTo(1.1);
    assertThat(verdict.met()).isTrue();
    assertThat(verdict.n()).isEqualTo(3);
  }

  @Test
  void verdict_ratioBeyondItsLimit_isMissed() {
    Verdict verdict = target("cold-25-netty").verdict(results(120, 100), 25);

    assertThat(verdict.measured()).isTrue();
    assertThat(verdict.word()).contains("missed");
  }

  @Test
  void verdict_roundsOfDifferentSpeed_isTheMedianOfTheirRatios() {
    Results results = results(100, 100);
    Results.Table table = results.tables().get(0);
    for (int i = 0; i < 4; i++) {
      table.rows().get(0).add(ColdStart.TIME, 220);
      table.rows().get(1).add(ColdStart.TIME, 200);
    }

    assertThat(target("cold-25-netty").verdict(results, 25).value()).isEqualTo(1.1);
  }

  @Test
  void verdict_rowThatFailed_tellsWhy() {
    Results results = results(120, 100);

    Verdict verdict = target("cold-25-fn").verdict(results, 25);

    assertThat(verdict.word()).isEqualTo("not measured: not built");
    assertThat(target("cold-17-netty").verdict(results, 17).word()).contains("no part 'cold'");
  }

  @Test
  void markdown_missedWithoutRemark_namesTheKey() throws IOException {
    String page = new Report(results(300, 100), "charts/").markdown();

    assertThat(page)
        .contains("| cold start, as shipped, 25 | 25 | ≤ 1.15 × tuned Netty | 3.00 |")
        .contains("300 (299–301) : 100 (99.0–101) | 3 | **missed** |")
        .contains("2030-01-02; 2 × P; Linux 6.")
        .contains("- Fn, best flags: not built")
        .contains("(charts/cold-25.svg)");
  }

  @Test
  void json_writtenAndRead_givesTheSamePage() throws IOException {
    Results before = results(120, 100);
    Path file = directory.resolve("r.json");

    ResultsFile.write(before, file);
    Results after = ResultsFile.read(file);

    assertThat(new Report(after, "").markdown()).isEqualTo(new Report(before, "").markdown());
  }

  @Test
  void addAll_sameTable_takesTheLaterOne() {
    Results results = results(120, 100);
    results.addAll(results(100, 100));

    assertThat(results.tables()).hasSize(1);
    assertThat(target("cold-25-netty").verdict(results, 25).value()).isEqualTo(1);
  }

  @Test
  void targets_all_haveIdsOfTheirOwn() {
    Set<String> ids = new HashSet<>();
    for (Target target : Targets.all()) {
      assertThat(ids.add(target.id())).as(target.id()).isTrue();
    }
  }

  @Test
  void remarks_all_areAboutTargets() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Target target : Targets.all()) {
      ids.add(target.id());
      ids.add(target.id().replace("-stretch", ""));
    }
    for (String key : Targets.remarks().stringPropertyNames()) {
      if (key.startsWith("table.")) {
        continue;
      }
      assertThat(ids).contains(key.replaceAll("\\.\\d+$", ""));
    }
  }

  @Test
  void exponents_curvesOfSteps_areTheirSteepestRise() {
    List<Row> steps = Growth.rows(List.of(1, 10, 100));
    for (int i = 0; i < 3; i++) {
      steps.get(i).add("linear", 3 * Math.pow(10, i));
      steps.get(i).add("square", Math.pow(100, i));
      steps.get(i).add("flat", 7);
      steps.get(i).add("answers/s", Math.pow(1000, i));
    }
    Results.Table table = new Results.Table("growth-x", "X", "25", "", MACHINE, steps);

    List<Row> exponents = Growth.exponents(List.of(table));

    assertThat(exponents)
        .extracting(Row::name)
        .containsExactly("x: linear", "x: square", "x: flat");
    assertThat(exponents)
        .extracting(row -> row.columns().values().iterator().next().median())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(1.0, 2.0, 0.0);
  }

  @Test
  void charts_coldStart_areWellFormed() throws Exception {
    Charts.write(results(120, 100), directory);

    assertThat(Files.readString(directory.resolve("cold-25.svg")))
        .contains("hearth", "netty, tuned");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(directory.resolve("cold-25.svg").toFile());
  }

  @Test
  void curves_valuesOfManySizes_stayWithinThePicture() {
    Curves curves = new Curves("title", "across", "up", List.of("1", "10", "100"));
    curves.add("a & b", List.of(0.5, Double.NaN, 90_000.0));

    assertThat(curves.document()).contains("a &amp; b").doesNotContain("NaN").doesNotContain("\"-");
  }

  private static Target target(String id) {
    for (Target target : Targets.all()) {
      if (target.id().equals(id)) {
        return target;
      }
    }
    throw new AssertionError("no target " + id);
  }

  private static Results results(double hearth, double tuned) {
    Results results = new Results();
    List<Row> rows =
        List.of(
            row("hearth", hearth),
            row("netty, tuned, best flags", tuned),
            Row.failed("Fn, best flags", "not built"));
    results.add(
        new Results.Table(
            "cold", "Cold start", "25.0.3 X", "netty, tuned, best flags", MACHINE, rows));
    return results;
  }

  private static Row row(String name, double value) {
    Row row = new Row(name, "-Xshare:auto");
    for (int i = -1; i <= 1; i++) {
      row.add(ColdStart.TIME, value + i);
    }
    return row;
  }
}
