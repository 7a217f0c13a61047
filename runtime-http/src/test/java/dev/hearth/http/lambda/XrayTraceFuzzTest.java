package dev.hearth.http.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.contract.TraceParent;
import dev.hearth.testing.Mutations;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class XrayTraceFuzzTest {

  @Provide
  Arbitrary<String> headers() {
    return Mutations.text(
        List.of(
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
            "Self=1-x;Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Lineage=a:0"),
        List.of(";", "=", "Root=", ";Parent=", "Sampled=1", "0000000000000000", "-", "A", "é"));
  }

  @Property(tries = 5000)
  void traceparent_ofAnyHeader_isValidOrNone(@ForAll("headers") String header) {
    String parent = XrayTrace.traceparent(header);

    assertThat(parent == null || TraceParent.isValid(parent)).as(header + " -> " + parent).isTrue();
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(47).map(id -> id + "1");
  }

  @Property(tries = 500)
  void traceparent_ofAnyIds_hasThem(
      @ForAll("ids") String ids, @ForAll boolean sampled, @ForAll("orders") List<Integer> order) {
    String root = ids.substring(16);
    String parent = ids.substring(0, 15) + "1";
    List<String> fields =
        List.of(
            "Root=1-" + root.substring(0, 8) + "-" + root.substring(8),
            "Parent=" + parent,
            "Sampled=" + (sampled ? 1 : 0));
    String header = String.join(";", order.stream().map(fields::get).toList());

    assertThat(XrayTrace.traceparent(header))
        .isEqualTo("00-" + root + "-" + parent + (sampled ? "-01" : "-00"));
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.shuffle(0, 1, 2);
  }
}
