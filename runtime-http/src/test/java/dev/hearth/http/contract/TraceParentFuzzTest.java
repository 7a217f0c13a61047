package dev.hearth.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.Mutations;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TraceParentFuzzTest {

  /** The grammar of the W3C's recommendation, and what it says about versions that are to come. */
  private static final Pattern VALID =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}((?<!^00.{53})-.*)?",
          Pattern.DOTALL);

  @Provide
  Arbitrary<String> headers() {
    return Mutations.text(
        List.of(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"),
        List.of("-", "0", "00", "ff", "F", "0000000000000000", " ", "é", "g"));
  }

  @Property(tries = 5000)
  void isValid_anyHeader_isWhatTheGrammarSays(@ForAll("headers") String header) {
    assertThat(TraceParent.isValid(header)).as(header).isEqualTo(VALID.matcher(header).matches());
  }
}
