package dev.hearth.cloudevents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Values as {@link JsonText} knows them. */
final class JsonValues {

  private JsonValues() {}

  /** Texts of any characters, halves of surrogate pairs among them. */
  static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(12),
        Arbitraries.strings().withChars('\ud800', '\udc00', '"', '\\', '\0', 'é').ofMaxLength(6));
  }

  static Arbitrary<Object> any() {
    return Arbitraries.recursive(JsonValues::scalar, JsonValues::nested, 0, 3);
  }

  private static Arbitrary<Object> scalar() {
    return Arbitraries.oneOf(
            texts().map(text -> (Object) text),
            Arbitraries.of(true, false).map(word -> (Object) word),
            Arbitraries.of("0", "-0", "1", "-1.50", "1e400", "12345678901234567890", "2E-7")
                .map(number -> (Object) new JsonNumber(number)))
        .injectNull(0.1);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
    return Arbitraries.oneOf(
        inner.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list)),
        Arbitraries.maps(texts(), inner)
            .ofMaxSize(3)
            .map(members -> (Object) new LinkedHashMap<>(members)));
  }
}
