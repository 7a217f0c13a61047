package dev.hearth.signature.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputExceptionTest {

  @Test
  void statuses_areThoseOfTheReason() {
    assertThat(InputException.malformed("x", null).status()).isEqualTo(400);
    assertThat(InputException.unsupportedType("x").status()).isEqualTo(415);
    assertThat(InputException.unsupportedType("x").isUnsupportedType()).isTrue();
    assertThat(InputException.of(404, "x").status()).isEqualTo(404);
    assertThat(InputException.of(404, "x").isUnsupportedType()).isFalse();
    assertThat(InputException.of(404, "x").allow()).isNull();
    assertThat(InputException.methodNotAllowed("x", "GET").status()).isEqualTo(405);
    assertThat(InputException.methodNotAllowed("x", "GET").allow()).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(ints = {399, 600, 200, 0})
  void of_statusThatIsNoRefusal_isRefusedItself(int status) {
    assertThatThrownBy(() -> InputException.of(status, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(status));
  }
}
