package dev.hearth.signature.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.Context;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.cloud.functions.RawBackgroundFunction;
import com.google.cloud.functions.TypedFunction;
import dev.hearth.signature.spi.BindingException;
import io.cloudevents.CloudEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2's table: which executor a signature type means. */
final class FunctionKindTest {

  static final class All
      implements HttpFunction,
          TypedFunction<String, String>,
          BackgroundFunction<Map<String, Integer>>,
          RawBackgroundFunction,
          CloudEventsFunction {
    @Override
    public void service(HttpRequest request, HttpResponse response) {}

    @Override
    public String apply(String input) {
      return input;
    }

    @Override
    public void accept(Map<String, Integer> payload, Context context) {}

    @Override
    public void accept(String json, Context context) {}

    @Override
    public void accept(CloudEvent event) {}
  }

  abstract static class Typed<T> implements TypedFunction<T, String> {}

  static final class OfNumber extends Typed<Integer> {
    @Override
    public String apply(Integer input) {
      return "";
    }
  }

  static final class Web implements HttpFunction {
    @Override
    public void service(HttpRequest request, HttpResponse response) {}
  }

  @SuppressWarnings("rawtypes")
  static final class Raw implements BackgroundFunction {
    @Override
    public void accept(Object payload, Context context) {}
  }

  @ParameterizedTest
  @CsvSource({
    "'', HTTP",
    "http, TYPED",
    "typed, TYPED",
    "event, BACKGROUND",
    "cloudevent, BACKGROUND"
  })
  void of_classWithEveryInterface_goesByTheSignatureType(String type, FunctionKind kind) {
    assertThat(FunctionKind.of(All.class, type)).isEqualTo(kind);
  }

  @Test
  void of_noSignatureType_goesByTheInterface() {
    assertThat(FunctionKind.of(OfNumber.class, null)).isEqualTo(FunctionKind.TYPED);
    assertThat(FunctionKind.of(Web.class, "http")).isEqualTo(FunctionKind.HTTP);
  }

  @ParameterizedTest
  @CsvSource({"event, BackgroundFunction", "typed, TypedFunction", "HTTP, must be http"})
  void of_signatureTypeThatDoesNotFit_saysWhatWould(String type, String message) {
    assertThatThrownBy(() -> FunctionKind.of(Web.class, type))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Web");
  }

  @Test
  void payloadType_isTheTypeArgument_inheritedOrParameterised() {
    assertThat(PayloadType.of(OfNumber.class, FunctionKind.TYPED)).isEqualTo(Integer.class);
    assertThat(PayloadType.of(All.class, FunctionKind.BACKGROUND).getTypeName())
        .isEqualTo("java.util.Map<java.lang.String, java.lang.Integer>");
  }

  @Test
  void payloadType_leftOpen_isRefused() {
    assertThatThrownBy(() -> PayloadType.of(Raw.class, FunctionKind.BACKGROUND))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("BackgroundFunction<YourType>");
  }
}
