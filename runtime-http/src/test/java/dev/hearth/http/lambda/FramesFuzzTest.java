package dev.hearth.http.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Stack traces and messages of functions' exceptions, which may be anything, on their way into headers. */
class FramesFuzzTest {

  @Provide
  Arbitrary<List<StackTraceElement>> traces() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "dev.hearth.pool.X",
                "dev.hearth.function.Api",
                "java.lang.reflect.Method",
                "com.example.Fn",
                "<clinit>",
                "",
                ".",
                "jdk.internal.reflect.A",
                "java.util.List"),
            Arbitraries.strings().ofMaxLength(12));
    Arbitrary<StackTraceElement> frame =
        Combinators.combine(names, names, names.injectNull(0.3), Arbitraries.integers())
            .as(StackTraceElement::new);
    return frame.list().ofMaxSize(12);
  }

  @Property(tries = 2000)
  void of_anyTrace_isItsBeginning(@ForAll("traces") List<StackTraceElement> trace) {
    Throwable failure = failure("m", trace);

    List<StackTraceElement> frames = Frames.of(failure);

    assertThat(trace.subList(0, frames.size())).isEqualTo(frames);
    assertThat(frames)
        .noneMatch(
            f ->
                f.getClassName().startsWith("dev.hearth.")
                    && !f.getClassName().startsWith("dev.hearth.function."));
    frames.forEach(f -> assertThat(Frames.text(f)).isNotNull());
    boolean initialiser = Frames.isStaticInitialiser(failure);
    assertThat(initialiser)
        .isIn(frames.stream().anyMatch(f -> f.getMethodName().equals("<clinit>")), false);
  }

  @Property(tries = 2000)
  void cause_ofAnyFailure_isJsonThatAHeaderHolds(
      @ForAll("traces") List<StackTraceElement> trace, @ForAll("messages") @Nullable String message)
      throws Exception {
    String cause = XrayCause.of(failure(message, trace));

    assertThat(cause).isNotNull().matches("[ -~]+");
    try (JsonParser json = new JsonFactory().createParser(cause)) {
      json.nextToken();
      json.skipChildren();
      assertThat(json.nextToken()).isNull();
    }
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.strings()
                .withChars('\ud83d', '\ude00', '\n', '"', '\\', '\0')
                .ofMaxLength(9))
        .injectNull(0.1);
  }

  @Example
  void cause_ofTheLargestFailures_isShortOrNone() {
    StackTraceElement large = new StackTraceElement("c".repeat(5000), "m".repeat(5000), null, 1);
    List<StackTraceElement> trace = Collections.nCopies(100_000, large);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(XrayCause.of(failure("x", trace))).isNull();
          assertThat(XrayCause.of(failure("\ud83d\ude00".repeat(1 << 20), List.of())))
              .isNotNull()
              .hasSizeLessThan(64 << 10);
        });
  }

  private static Throwable failure(@Nullable String message, List<StackTraceElement> trace) {
    Throwable failure = new IllegalStateException(message);
    failure.setStackTrace(trace.toArray(new StackTraceElement[0]));
    return failure;
  }
}
