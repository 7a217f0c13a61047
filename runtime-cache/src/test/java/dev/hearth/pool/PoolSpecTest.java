package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PoolSpecTest {

  private static final String URL = "jdbc:postgresql://127.0.0.1/orders";

  @TempDir Path directory;

  @Test
  void of_url_hasTheDefaults() {
    PoolSpec spec = PoolSpec.of(URL);

    assertThat(spec.url()).isEqualTo(URL);
    assertThat(spec.user()).isNull();
    assertThat(spec.currentPassword()).isNull();
    assertThat(spec.max()).isEqualTo(10);
    assertThat(spec.minIdle()).isEqualTo(1);
    assertThat(spec.acquireTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(spec.maxLifetime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(spec.keepalive()).isEqualTo(Duration.ofMinutes(2));
    assertThat(spec.properties()).isEmpty();
  }

  @Test
  void keepalive_unsetAndLivesShort_isOff() {
    PoolSpec spec = PoolSpec.builder(URL).maxLifetime(Duration.ofMinutes(1)).build();

    assertThat(spec.keepalive()).isZero();
  }

  @Test
  void toString_secretsEverywhere_showsNone() {
    PoolSpec spec =
        PoolSpec.builder(URL + "?password=swordfish")
            .user("app")
            .password("swordfish")
            .property("sslpassword", "swordfish")
            .build();

    assertThat(spec.toString())
        .doesNotContain("swordfish")
        .contains("jdbc:postgresql://127.0.0.1/orders", "app", "sslpassword");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/orders,                  jdbc:postgresql://db:5432/orders",
    "jdbc:postgresql://db/orders?user=a&password=pw,    jdbc:postgresql://db/orders?…",
    "jdbc:sqlserver://db;databaseName=o;password=pw,    jdbc:sqlserver://db;…",
    "jdbc:mysql://app:p?w@db/orders,                    jdbc:mysql:…",
    "jdbc:mysql://address=(host=db)(password=pw)/o,     jdbc:mysql://address=(…",
    "jdbc:oracle:thin:scott/pw@//db:1521/orders,        jdbc:oracle:…",
    "jdbc:postgresql://db/orders?password=p@w,          jdbc:postgresql:…",
  })
  void shownUrl_anyDriver_hidesSecrets(String url, String shown) {
    assertThat(PoolSpec.of(url).shownUrl()).isEqualTo(shown);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(b -> b.max(0), "max is 0; it must be at least 1"),
        mistake(b -> b.minIdle(-1), "minIdle is -1; it must be 0 or more"),
        mistake(b -> b.max(2).minIdle(3), "minIdle is 3 and max is 2"),
        mistake(b -> b.acquireTimeout(Duration.ofMillis(249)), "acquireTimeout is PT0.249S"),
        mistake(b -> b.maxLifetime(Duration.ofSeconds(29)), "maxLifetime is PT29S"),
        mistake(b -> b.keepalive(Duration.ofSeconds(-30)), "keepalive is PT-30S"),
        mistake(b -> b.keepalive(Duration.ofMinutes(30)), "keepalive must be less than"),
        mistake(b -> b.property("password", "pw"), "use password(...)"),
        mistake(b -> b.properties(Map.of("user", "app")), "use user(...)"));
  }

  private static Arguments mistake(Consumer<PoolSpec.Builder> setting, String message) {
    return Arguments.of(setting, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void build_badSetting_saysWhichAndWhatIsAllowed(
      Consumer<PoolSpec.Builder> setting, String message) {
    assertThatThrownBy(
            () -> {
              PoolSpec.Builder builder = PoolSpec.builder(URL);
              setting.accept(builder);
              builder.build();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void builder_notAJdbcUrl_doesNotRepeatIt() {
    assertThatThrownBy(() -> PoolSpec.builder("postgres://app:swordfish@db/orders"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with 'jdbc:'")
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void passwordFile_changed_isReadAgain() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "old\n");
    PoolSpec spec = PoolSpec.builder(URL).passwordFile(file).build();
    String first = spec.currentPassword();

    Files.writeString(file, "new \r\n");

    assertThat(first).isEqualTo("old");
    assertThat(spec.currentPassword()).isEqualTo("new ");
  }

  @Test
  void passwordFile_missing_isNamed() {
    PoolSpec spec = PoolSpec.builder(URL).passwordFile(directory.resolve("none")).build();

    assertThatThrownBy(spec::currentPassword)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory.resolve("none").toString());
  }
}
