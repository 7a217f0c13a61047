package dev.hearth.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.testing.Mutations;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CacheControlFuzzTest {

  private static final List<String> GOOD =
      List.of(
          "max-age=60, s-maxage=\"30\", stale-while-revalidate=5, stale-if-error=99999999999999999999",
          "private=\"set-cookie, x\", no-cache, must-revalidate",
          "ext=\"a\\\"b\", max-stale, min-fresh=1");

  @Provide
  Arbitrary<String> lines() {
    return Mutations.text(
        GOOD,
        List.of(
            ",",
            "\"",
            "\\",
            "=",
            "==",
            "-1",
            "1.5",
            " ",
            "max-age=",
            "max-age",
            "NO-STORE",
            "no-store",
            "\u00e9",
            "99999999999999999999",
            "=\"\"",
            "=\""));
  }

  @Property(tries = 5000)
  void of_anyLines_saysTimesWithinBounds(
      @ForAll("lines") String one, @ForAll("lines") String other) {
    CacheControl read = CacheControl.of(List.of(one, other));

    assertThat(
            List.of(
                read.maxAge(),
                read.sharedMaxAge(),
                read.staleWhileRevalidate(),
                read.staleIfError(),
                read.minFresh(),
                read.maxStale()))
        .allMatch(seconds -> seconds >= -1 && seconds <= Integer.MAX_VALUE);
  }

  /** What forbids keeping an answer must not be lost, whatever stands before it. */
  @Property(tries = 3000)
  void of_anyLineBeforeNoStore_forbidsKeeping(@ForAll("lines") String line) {
    assertThat(CacheControl.of(List.of(line + ", no-store")).noStore()).isTrue();
    assertThat(CacheControl.of(List.of(line, "no-store")).noStore()).isTrue();
    assertThat(CacheControl.of(List.of("no-store, " + line)).noStore()).isTrue();
  }

  @Example
  void of_longLines_takesTimeByTheirLength() {
    for (String piece : List.of("\"\\", "\\\"", "\"", ",", "a=\",", "max-age=1,")) {
      String line = piece.repeat(1 << 18);
      assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> assertThat(CacheControl.of(List.of(line))).isNotNull());
    }
  }

  @Example
  void of_quotesThatAreEscapedOrOpen_hideNothing() {
    assertThat(CacheControl.of(List.of("ext=\"a\\\"b\", no-store")).noStore()).isTrue();
    assertThat(CacheControl.of(List.of("ext=\"a, no-store")).noStore()).isTrue();
    assertThat(CacheControl.of(List.of("ext=\"a, no-store\"")).noStore()).isFalse();
    assertThat(CacheControl.of(List.of("private=\"x, max-age=5\", max-age=7")).maxAge())
        .isEqualTo(7);
  }
}
