package dev.hearth.signature.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.function.Environment;
import dev.hearth.function.Lifecycle;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class InstanceFactoryTest {

  private static final DataSource POOL =
      (DataSource)
          Proxy.newProxyInstance(
              InstanceFactoryTest.class.getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> null);

  /** Lends one pool under several names, and remembers which was asked for. */
  private static final class Lender implements Environment {
    final List<String> asked = new ArrayList<>();
    private final Set<String> names;

    Lender(String... names) {
      this.names = Set.of(names);
    }

    @Override
    public String function() {
      return "f";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public Set<String> resources() {
      return names;
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      asked.add(name);
      return type.cast(POOL);
    }
  }

  public static final class TakesNothing {
    public TakesNothing() {}

    public TakesNothing(String other) {}
  }

  public static final class TakesEnvironmentAndPool {
    final Environment environment;
    final DataSource orders;

    public TakesEnvironmentAndPool(Environment environment, DataSource orders) {
      this.environment = environment;
      this.orders = orders;
    }
  }

  public static final class TakesText {
    public TakesText(String text) {}
  }

  public static final class TakesEither {
    public TakesEither(Environment environment) {}

    public TakesEither(DataSource pool) {}
  }

  static final class NotPublic {
    NotPublic() {}
  }

  public static class Hooked implements Lifecycle {
    final List<String> seen = new ArrayList<>(List.of("constructor"));

    @Override
    public void init(Environment environment) {
      seen.add("init " + environment.function());
    }

    @Override
    public void close() {
      seen.add("close");
    }
  }

  public static final class FailsToInit extends Hooked {
    @Override
    public void init(Environment environment) {
      throw new IllegalStateException("no");
    }
  }

  @Test
  void create_constructorWithoutParameters_goesFirst() throws Throwable {
    assertThat(InstanceFactory.of(TakesNothing.class).create(new Lender()))
        .isInstanceOf(TakesNothing.class);
    assertThat(InstanceFactory.of(NotPublic.class).create(new Lender()))
        .isInstanceOf(NotPublic.class);
  }

  @Test
  void create_onePool_isLentByType() throws Throwable {
    Lender lender = new Lender("payments");

    TakesEnvironmentAndPool made =
        (TakesEnvironmentAndPool) InstanceFactory.of(TakesEnvironmentAndPool.class).create(lender);

    assertThat(made.environment).isSameAs(lender);
    assertThat(made.orders).isSameAs(POOL);
    assertThat(lender.asked).containsExactly("payments");
  }

  @Test
  void create_severalPools_isLentByParameterName() throws Throwable {
    Lender lender = new Lender("payments", "orders"); // this class is compiled with -parameters

    InstanceFactory.of(TakesEnvironmentAndPool.class).create(lender);

    assertThat(lender.asked).containsExactly("orders");
  }

  @Test
  void create_severalPoolsNoneOfTheName_isRefusedWithTheNames() {
    InstanceFactory factory = InstanceFactory.of(TakesEnvironmentAndPool.class);

    assertThatThrownBy(() -> factory.create(new Lender("b", "a")))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("lists several (a, b)")
        .hasMessageContaining("-parameters");
    assertThatThrownBy(() -> factory.create(new Lender()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("asks for a javax.sql.DataSource")
        .hasMessageContaining("lists no resource");
  }

  @Test
  void of_constructorThatCannotBeGivenItsArguments_isRefused() {
    assertThatThrownBy(() -> InstanceFactory.of(TakesText.class))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("has no constructor that can be used");
    assertThatThrownBy(() -> InstanceFactory.of(TakesEither.class))
        .isInstanceOf(BindingException.class);
  }

  @Test
  void hooks_initThenClose_runInOrder() throws Throwable {
    Hooked handler = (Hooked) InstanceFactory.of(Hooked.class).create(new Lender());
    InstanceFactory.close(handler);
    InstanceFactory.close(null);
    InstanceFactory.close("not closeable");

    assertThat(handler.seen).containsExactly("constructor", "init f", "close");
  }

  @Test
  void create_initThrows_isThrownAsItIs() {
    assertThatThrownBy(() -> InstanceFactory.of(FailsToInit.class).create(new Lender()))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no");
  }
}
