package dev.hearth.cli.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published schema and the reader know the same keys. */
final class SchemaTest {

  @Test
  void schema_eachObject_hasTheReadersKeys() throws IOException {
    Tree schema = schema();

    assertThat(keys(schema, "properties")).isEqualTo(Keys.ROOT.known());
    assertThat(keys(schema, "$defs", "function", "properties")).isEqualTo(Keys.FUNCTION.known());
    assertThat(keys(schema, "$defs", "function", "properties", "instances", "properties"))
        .isEqualTo(Keys.INSTANCES.known());
    assertThat(keys(schema, "$defs", "function", "properties", "timeout", "properties"))
        .isEqualTo(Keys.TIMEOUT.known());
    assertThat(keys(schema, "$defs", "pool", "properties")).isEqualTo(Keys.POOL.known());
  }

  @Test
  void schema_threads_listsTheReadersChoices() throws IOException {
    Tree choices = at(schema(), "$defs", "function", "properties", "threads", "enum");

    assertThat(((Tree.Sequence) choices).items())
        .extracting(item -> ((Tree.Scalar) item).text())
        .isEqualTo(SettingsReader.THREADS);
  }

  @Test
  void schema_guard_listsTheReadersChoices() throws IOException {
    Tree choices = at(schema(), "$defs", "function", "properties", "guard", "enum");

    assertThat(((Tree.Sequence) choices).items())
        .extracting(item -> ((Tree.Scalar) item).text())
        .isEqualTo(SettingsReader.GUARDING);
  }

  private static Tree schema() throws IOException {
    Path file = Path.of(System.getProperty("hearth.root", "..")).resolve("docs/hearth.schema.json");
    return requireNonNull(
        TreeReader.read(Files.readString(file), new Problems("hearth.schema.json")));
  }

  private static List<String> keys(Tree tree, String... path) {
    return new ArrayList<>(((Tree.Mapping) at(tree, path)).entries().keySet());
  }

  private static Tree at(Tree tree, String... path) {
    Tree now = tree;
    for (String key : path) {
      now = requireNonNull(((Tree.Mapping) now).entries().get(key), key).value();
    }
    return now;
  }
}
