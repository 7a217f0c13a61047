package dev.hearth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.function.Environment;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.plain.PlainSignature;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.NamedHandler;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Shape;
import dev.hearth.signature.spi.Signature;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Finding handlers of a family whose classes hold several, each with a name of its own. */
@Timeout(120)
final class NamedHandlersTest {

  private static final String NAMED =
      """
      package acme;
      import java.lang.annotation.*;
      @Retention(RetentionPolicy.RUNTIME) public @interface Named {
        int[] numbers() default {}; String[] more() default {}; Class<?> type() default void.class;
        Retention retention() default @Retention(RetentionPolicy.RUNTIME);
        String value() default ""; ElementType kind() default ElementType.TYPE; long weight() default 0;
      }
      """;
  private static final String TWO =
      """
      package acme;
      public class Two {
        @Named(numbers = {1, 2}, more = {"x", "y"}, type = String.class,
            retention = @Retention(RetentionPolicy.CLASS), weight = 7,
            kind = java.lang.annotation.ElementType.FIELD, value = "first")
        public String one(String s) { return s; }
        @Named("Second") @Deprecated public String two(String s) { return s; }
        public String plain(String s) { return s; }
      }
      """
          .replace("@Retention", "@java.lang.annotation.Retention")
          .replace("RetentionPolicy", "java.lang.annotation.RetentionPolicy");
  private static final String ONE =
      "package acme; public class One { @Named(\"third\") public String three(String s) { return s; } }";

  @TempDir Path directory;

  @Test
  void handler_byItsName_isFoundInItsClass() {
    TestJar jar = jar().source("acme.Two", TWO).source("acme.One", ONE);

    assertThat(bind(jar, "first").handler()).isEqualTo("acme.Two::one");
    assertThat(bind(jar, "third").handler()).isEqualTo("acme.One::three");
    assertThat(bind(jar, "acme.Two::second").handler()).isEqualTo("acme.Two::second");
  }

  @Test
  void handler_byItsNameInOtherCase_isFound() {
    assertThat(bind(jar().source("acme.Two", TWO), "SECOND").handler()).isEqualTo("acme.Two::two");
  }

  @Test
  void handler_nameThatTwoClassesUse_isRefusedWithBoth() {
    TestJar jar =
        jar()
            .source("acme.One", ONE)
            .source("acme.Also", ONE.replace("class One", "class Also").replace("three", "four"));

    refusal(jar, "third")
        .hasMessageContaining("has 2 functions that may be the handler")
        .hasMessageContaining("acme.Also::four as third, acme.One::three as third");
  }

  @Test
  void handler_namesThatDifferInCase_areToldApart() {
    TestJar jar =
        jar()
            .source("acme.One", ONE)
            .source("acme.Also", ONE.replace("class One", "class Also").replace("third", "THIRD"));

    assertThat(bind(jar, "THIRD").handler()).isEqualTo("acme.Also::three");
    refusal(jar, "Third").hasMessageContaining("has 2 functions");
  }

  @Test
  void handler_unknownName_isRefusedWithThoseThereAre() {
    refusal(jar().source("acme.Two", TWO), "fifth")
        .hasMessageContaining("handler class fifth is not in archive")
        .hasMessageContaining("its functions are Second, first");
  }

  @Test
  void handler_none_isTheOnlyOneOfTheArchive() {
    assertThat(bind(jar().source("acme.One", ONE), null).handler()).isEqualTo("acme.One::three");
  }

  @Test
  void handler_none_severalInOneClass_areListed() {
    refusal(jar().source("acme.Two", TWO), null)
        .hasMessageContaining("has 2 functions that may be the handler")
        .hasMessageContaining("(acme.Two::one as first, acme.Two::two as Second)")
        .hasMessageContaining("name one");
  }

  @Test
  void handler_none_ofSeveralTheOneCalledAsTheFunction_isMeant() {
    TestJar jar = jar().source("acme.Two", TWO).source("acme.One", ONE);

    assertThat(bind(jar, null, "second").handler()).isEqualTo("acme.Two::two");
    assertThat(bind(jar, "first", "second").handler()).isEqualTo("acme.Two::one");
    refusal(jar, null, "fifth").hasMessageContaining("has 3 functions that may be the handler");
  }

  @Test
  void handler_none_classesAndFunctions_areListedTogether() {
    TestJar jar =
        jar()
            .source("acme.One", ONE)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.UnaryOperator<String> {"
                    + " public String apply(String s) { return s; } }");

    refusal(jar, null).hasMessageContaining("(acme.F, acme.One::three as third)");
  }

  @Test
  void handler_none_mainClassHoldsOne_isThatOne() {
    TestJar jar =
        jar().source("acme.Two", TWO).source("acme.One", ONE).manifest("Main-Class", "acme.One");

    assertThat(bind(jar, null).handler()).isEqualTo("acme.One");
  }

  private TestJar jar() {
    return TestJar.of(directory).source("acme.Named", NAMED);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusal(
      TestJar jar, @Nullable String handler) {
    return refusal(jar, handler, null);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusal(
      TestJar jar, @Nullable String handler, @Nullable String function) {
    return assertThatThrownBy(() -> bind(jar, handler, function))
        .isInstanceOf(DeployException.class)
        .hasMessageMatching("[^\\n]+");
  }

  private static Bound bind(TestJar jar, @Nullable String handler) {
    return bind(jar, handler, null);
  }

  private static Bound bind(TestJar jar, @Nullable String handler, @Nullable String function) {
    try {
      Path file = jar.build("f.jar");
      StoredArchive archive = ArchiveStore.open(file.resolveSibling("store")).add(file);
      try (FunctionLoader loader = FunctionLoader.open("f", archive)) {
        return Signatures.of(List.of(new Family(), new PlainSignature()))
            .bind(archive, loader, handler, Map.of(), function);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A family whose handlers are the methods with an annotation. */
  private static final class Family implements Signature {

    private static final Binding BINDING =
        new Binding() {
          @Override
          public Shape shape() {
            return Shape.FUNCTION;
          }

          @Override
          public Invoker open(Environment environment) {
            throw new AssertionError("only bound");
          }
        };

    @Override
    public String describe() {
      return "@acme.Named";
    }

    @Override
    public List<NamedHandler> handlers(HandlerClass type) {
      List<NamedHandler> handlers = new ArrayList<>();
      for (HandlerMethod method : type.methods()) {
        String name = method.text("acme.Named", "value");
        if (name != null) {
          handlers.add(new NamedHandler(name, method.name()));
        }
      }
      return handlers;
    }

    @Override
    public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
      List<NamedHandler> handlers = handlers(handler);
      if (method == null && handlers.size() > 1) {
        throw new BindingException("class " + handler.name() + " has several");
      }
      return handlers.isEmpty() ? null : Recognised.byHost("named", target -> BINDING);
    }
  }
}
