package dev.hearth.cli.config;

import dev.hearth.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code hearth.yaml}. */
public final class ConfigFile {

  /** Larger files are refused before they are parsed. */
  public static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file and what it refers to as secrets. Paths in it are relative to its own directory.
   *
   * @throws ConfigException if anything is wrong; with every problem that could be found
   */
  public static HearthSettings read(Path file) {
    Problems problems = new Problems(file.toString());
    String text = text(file, problems);
    Path directory = file.toAbsolutePath().getParent();
    return parse(text, directory == null ? file.toAbsolutePath() : directory, problems);
  }

  private static HearthSettings parse(String text, Path directory, Problems problems) {
    Tree tree = TreeReader.read(text, problems);
    HearthSettings settings = new SettingsReader(directory, problems).read(tree);
    problems.throwIfAny();
    return settings;
  }

  /**
   * What a file says of each function and under {@code routes}, as JSON that {@link #function} and {@link #routes} read as the same
   * settings. The file has been read before, and was fine.
   *
   * @return by the function's name; the routes under the empty name, absent if there are none
   */
  public static Map<String, String> documents(Path file) {
    Problems problems = new Problems(file.toString());
    Map<String, String> documents = new LinkedHashMap<>();
    Tree tree = TreeReader.read(text(file, problems), problems);
    if (tree instanceof Tree.Mapping root) {
      Tree.Entry functions = root.entries().get("functions");
      if (functions != null && functions.value() instanceof Tree.Mapping all) {
        all.entries().forEach((name, entry) -> documents.put(name, TreeJson.of(entry.value())));
      }
      Tree.Entry routes = root.entries().get("routes");
      if (routes != null) {
        documents.put("", TreeJson.of(routes.value()));
      }
    }
    return documents;
  }

  /**
   * Reads the settings of one function, with the keys it has in a file.
   *
   * @param json YAML or JSON
   * @param directory what paths in it are relative to
   * @param pools those of the host
   * @param archive where the archive is; null to take what the text says
   * @throws ConfigException if anything is wrong
   */
  public static FunctionSettings function(
      String name, String json, Path directory, Set<String> pools, @Nullable Path archive) {
    Problems problems = new Problems("spec of '" + name + "'");
    Tree tree = TreeReader.read(json, problems);
    if (tree == null) {
      tree = new Tree.Mapping(Position.START, Map.of(), 1);
    }
    if (archive != null && tree instanceof Tree.Mapping spec) {
      Map<String, Tree.Entry> all = new LinkedHashMap<>(spec.entries());
      Tree path = new Tree.Scalar(spec.at(), archive.toAbsolutePath().toString(), false);
      all.put("archive", new Tree.Entry(spec.at(), path));
      tree = new Tree.Mapping(spec.at(), all, spec.size() + 2);
    }
    FunctionSettings settings = new SettingsReader(directory, problems).function(name, tree, pools);
    problems.throwIfAny();
    return Objects.requireNonNull(settings, "settings");
  }

  /**
   * The archive that a spec names by a URL.
   *
   * @return null if it names a file, or none
   */
  public static @Nullable String archiveUrl(String name, String json) {
    Problems problems = new Problems("spec of '" + name + "'");
    Tree tree = TreeReader.read(json, problems);
    Tree.Entry entry = tree instanceof Tree.Mapping spec ? spec.entries().get("archive") : null;
    if (entry == null || !(entry.value() instanceof Tree.Scalar text)) {
      return null;
    }
    int colon = text.text().indexOf(':');
    int slash = text.text().indexOf('/');
    boolean scheme = colon > 1 && (slash < 0 || colon < slash); // one letter is a drive
    return scheme ? text.text() : null;
  }

  /**
   * Reads routes, with the keys they have in a file; the functions they lead to are not looked for.
   *
   * @throws ConfigException if anything is wrong
   */
  public static Map<String, Route> routes(String json) {
    Problems problems = new Problems("routes");
    Tree tree = TreeReader.read(json, problems);
    Map<String, Route> routes =
        tree == null
            ? Map.of()
            : new RoutesReader(problems).read(tree, (Map<String, Tree.Entry>) null);
    problems.throwIfAny();
    return routes;
  }

  private static String text(Path file, Problems problems) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw problems.stop(Position.START, "the file does not exist");
    } catch (AccessDeniedException e) {
      throw problems.stop(Position.START, "the file cannot be read: permission denied");
    } catch (IOException e) {
      throw problems.stop(Position.START, "the file cannot be read: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      throw problems.stop(Position.START, "the file is larger than 1 MiB");
    }
    return decode(bytes, problems);
  }

  private static String decode(byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw problems.stop(endOf(text), "a byte that is not UTF-8; save the file in UTF-8 encoding");
    }
    if (text.startsWith("\uFEFF")) {
      throw problems.stop(
          Position.START, "the file begins with a byte order mark; save it as UTF-8 without one");
    }
    return text;
  }

  private static Position endOf(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return new Position(line, text.length() - text.lastIndexOf('\n'));
  }
}
