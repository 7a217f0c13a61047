package dev.hearth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a signature is shown of a handler. */
@Timeout(60)
final class RecognitionTest {

  private static final String SOURCE =
      """
      package acme;
      public class Handler {
        @Deprecated public String marked(String plain) { return plain; }
        public String taken(int first, @Mark String second, @Mark @Also long third) { return second; }
        public String none() { return ""; }
      }
      """;

  private static final String MARK =
      """
      package acme;
      import java.lang.annotation.*;
      @Retention(RetentionPolicy.RUNTIME) public @interface %s { String[] value() default {"a", "b"}; }
      """;

  @TempDir Path directory;

  /** Recognises nothing, and keeps what it was shown. */
  private static final class Watching implements Signature {
    final Map<String, HandlerMethod> methods = new HashMap<>();
    final List<Map<String, String>> variables = new ArrayList<>();

    @Override
    public String describe() {
      return "none";
    }

    @Override
    public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
      for (HandlerMethod each : handler.methods()) {
        methods.put(each.name(), each);
      }
      return null;
    }

    @Override
    public @Nullable Recognised recognise(
        HandlerClass handler, @Nullable String method, Map<String, String> given) {
      variables.add(given);
      return recognise(handler, method);
    }
  }

  private Watching shown(String handler, Map<String, String> variables) throws IOException {
    Path jar =
        TestJar.of(directory)
            .source("acme.Handler", SOURCE)
            .source("acme.Mark", MARK.formatted("Mark"))
            .source("acme.Also", MARK.formatted("Also"))
            .build("f.jar");
    StoredArchive archive = ArchiveStore.open(directory.resolve("store")).add(jar);
    Watching watching = new Watching();
    try (FunctionLoader loader = FunctionLoader.open("f", archive)) {
      assertThatThrownBy(
              () -> Signatures.of(List.of(watching)).bind(archive, loader, handler, variables))
          .isInstanceOfAny(DeployException.class, BindingException.class);
    }
    return watching;
  }

  @Test
  void method_annotatedParameters_areToldApartFromTheMethodsOwn() throws IOException {
    Map<String, HandlerMethod> methods = shown("acme.Handler::taken", Map.of()).methods;

    assertThat(methods.get("marked").annotations()).containsExactly("java.lang.Deprecated");
    assertThat(methods.get("marked").parameterAnnotations()).isEmpty();
    assertThat(methods.get("taken").annotations()).isEmpty();
    assertThat(methods.get("taken").parameterAnnotations())
        .isEqualTo(Set.of("acme.Mark", "acme.Also"));
    assertThat(methods.get("none").parameterAnnotations()).isEmpty();
  }

  @Test
  void handler_alone_isShownWithTheFunctionsVariables() throws IOException {
    Map<String, String> variables = Map.of("PLATFORM", "yes");

    assertThat(shown("acme.Handler::taken", variables).variables).containsExactly(variables);
  }

  @Test
  void handler_ofAComposition_isShownWithoutVariables() throws IOException {
    Map<String, String> variables = Map.of("PLATFORM", "yes");

    assertThat(shown("acme.Handler::taken|acme.Handler::none", variables).variables)
        .containsExactly(Map.of());
  }
}
