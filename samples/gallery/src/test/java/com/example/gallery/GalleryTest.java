package com.example.gallery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.WireCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of all families: one host for all of them together, and the command for each. */
@Timeout(180)
final class GalleryTest {

  private static final Path DISTRIBUTION = Sample.ROOT.resolve("runtime-http/target/hearth");

  static List<Sample> samples() {
    return Samples.ALL;
  }

  /** Asks as a request would. */
  private static void ask(FunctionHandle function, Sample sample) {
    WireCall call = WireCall.post(sample.input());
    if (sample.contentType() != null) {
      call.header("Content-Type", sample.contentType());
    }
    if (!sample.fails()) {
      assertThat(call.text(function)).as(sample.toString()).isEqualTo(sample.answer());
      return;
    }
    Outcome<?> outcome = call.outcome(function);
    assertThat(outcome).as(sample.toString()).isInstanceOf(Outcome.Threw.class);
    assertThat(((Outcome.Threw<?>) outcome).cause()).hasMessageContaining(sample.answer());
  }

  @Test
  void allFamilies_inOneHostAtOnce_answerAsTheirVendorsDo() throws Exception {
    try (Hearth hearth =
        Hearth.builder().providedApis(DISTRIBUTION.resolve("lib/provided")).build()) {
      Map<Sample, FunctionHandle> functions = new HashMap<>();
      int count = 0;
      for (Sample sample : Samples.ALL) {
        functions.put(sample, hearth.deploy("sample-" + count++, spec(sample)));
      }
      for (int round = 0; round < 20; round++) {
        for (Sample sample : Samples.ALL) {
          if (!tellsAboutItself(sample)) {
            ask(functions.get(sample), sample);
          }
        }
      }
    }
  }

  /** Whether its answer has its name or counts its calls, which are others here. */
  private static boolean tellsAboutItself(Sample sample) {
    return sample.answer().contains("sample") || sample.answer().contains("calls");
  }

  private static FunctionSpec spec(Sample sample) {
    return FunctionSpec.builder(sample.archive()).handler(sample.handler()).build();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void embedded_alone_answersAsItsVendorDoes(Sample sample) throws Exception {
    try (Hearth hearth =
        Hearth.builder().providedApis(DISTRIBUTION.resolve("lib/provided")).build()) {
      ask(hearth.deploy("sample", spec(sample)), sample);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void invokeCommand_answersAsItsVendorDoes(Sample sample, @TempDir Path directory)
      throws Exception {
    Path jar = Files.copy(sample.archive(), directory.resolve("sample.jar"));

    Ran ran = invoke(directory, jar, sample);

    if (sample.fails()) {
      assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err()).contains(sample.answer());
    } else {
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out().strip()).isEqualTo(sample.answer());
    }
  }

  private record Ran(int exit, String out, String err) {}

  private static Ran invoke(Path directory, Path jar, Sample sample)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                DISTRIBUTION.resolve("bin/hearth").toString(),
                "invoke",
                jar.toString(),
                "--handler",
                sample.handler(),
                "--data",
                sample.input()));
    if (sample.contentType() != null) {
      command.addAll(List.of("--content-type", sample.contentType()));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
