package dev.hearth.cli;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port has made of a host, in a file beside its archives, so that the next start serves what was acknowledged.
 *
 * <p>The file is replaced as a whole, after the change and before its answer: a process that is killed leaves the one before or the one
 * after, never half of one. What the command line and the settings file say of a function that stands here does not count any more.
 * Thread-safe.
 */
final class DeployedState {

  private static final String FILE = "deployed.json";
  private static final String FORMAT = "hearth";
  private static final String FUNCTIONS = "functions";
  private static final String ROUTES = "routes";
  private static final int MOST_PAST = 10;

  private final Path file;
  private final Map<String, List<Entry>> functions = new TreeMap<>();
  private @Nullable String routes;

  /**
   * A function as it was deployed; the newest is what is served.
   *
   * @param spec in JSON
   * @param base what paths in it are relative to
   * @param archive the hash that the store has it by; empty when the function was removed
   * @param origin where the archive came from, for messages
   */
  record Entry(String spec, String base, String archive, String origin) {

    /** A function that is not to be served, whatever else says so. */
    static final Entry REMOVED = new Entry("", "", "", "");

    boolean isRemoved() {
      return archive.isEmpty();
    }
  }

  private DeployedState(Path file) {
    this.file = file;
  }

  /**
   * Reads what an earlier process left in this store.
   *
   * @throws DeployException if there is something that is no whole file of this kind
   */
  static DeployedState open(Path store) {
    DeployedState state = new DeployedState(store.resolve(FILE));
    try {
      if (Files.exists(state.file)) {
        state.read(Files.readString(state.file));
      }
    } catch (IOException | InputException e) {
      throw new DeployException(
          state.file
              + " cannot be used: "
              + e.getMessage()
              + "; bring back a copy of it, or delete it to begin with what the command line says",
          e);
    }
    return state;
  }

  private void read(String text) throws IOException, InputException {
    if (!(JsonText.parse(text) instanceof Map<?, ?> all)
        || !"1".equals(String.valueOf(all.get(FORMAT)))
        || !(all.get(FUNCTIONS) instanceof Map<?, ?> written)) {
      throw new IOException("it is of another format");
    }
    for (Map.Entry<?, ?> function : written.entrySet()) {
      List<Entry> read = new ArrayList<>();
      if (function.getValue() instanceof List<?> entries) {
        for (Object each : entries) {
          read.add(entry(each));
        }
      }
      if (read.isEmpty()) {
        throw new IOException("function '" + function.getKey() + "' has nothing");
      }
      functions.put(String.valueOf(function.getKey()), read);
    }
    routes = all.get(ROUTES) instanceof String json ? json : null;
  }

  private static Entry entry(Object value) throws IOException {
    if (value instanceof Map<?, ?> entry
        && entry.get("spec") instanceof String spec
        && entry.get("base") instanceof String base
        && entry.get("archive") instanceof String archive
        && entry.get("origin") instanceof String origin) {
      return new Entry(spec, base, archive, origin);
    }
    throw new IOException("an entry is not whole");
  }

  /** What is to be served, or not; the newest of each function. */
  synchronized Map<String, Entry> newest() {
    Map<String, Entry> newest = new LinkedHashMap<>();
    functions.forEach((name, entries) -> newest.put(name, entries.get(0)));
    return newest;
  }

  /** The routes in JSON; null if none were set. */
  synchronized @Nullable String routes() {
    return routes;
  }

  /** Remembers that a function was deployed or swapped. */
  synchronized void deployed(String name, Entry entry) throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry);
    List<Entry> before = functions.get(name);
    if (before != null && !before.get(0).isRemoved()) {
      entries.addAll(before.subList(0, Math.min(before.size(), MOST_PAST)));
    }
    replace(name, entries);
  }

  /** Remembers that a function was removed. */
  synchronized void removed(String name) throws IOException {
    replace(name, List.of(Entry.REMOVED));
  }

  /** Remembers that a function went back; to what the command line says if there is nothing before. */
  synchronized void rolledBack(String name) throws IOException {
    List<Entry> before = functions.get(name);
    if (before != null) {
      replace(name, before.size() == 1 ? null : new ArrayList<>(before.subList(1, before.size())));
    }
  }

  /** Remembers the routes. */
  synchronized void routes(String json) throws IOException {
    String before = routes;
    routes = json;
    try {
      write();
    } catch (IOException e) {
      routes = before;
      throw e;
    }
  }

  private void replace(String name, @Nullable List<Entry> entries) throws IOException {
    List<Entry> before = entries == null ? functions.remove(name) : functions.put(name, entries);
    try {
      write();
    } catch (IOException e) {
      if (before == null) {
        functions.remove(name);
      } else {
        functions.put(name, before);
      }
      throw e;
    }
  }

  private void write() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(FORMAT, "1");
    Map<String, Object> written = new LinkedHashMap<>();
    functions.forEach((name, entries) -> written.put(name, documents(entries)));
    all.put(FUNCTIONS, written);
    if (routes != null) {
      all.put(ROUTES, routes);
    }
    byte[] text = (JsonText.print(all) + "\n").getBytes(StandardCharsets.UTF_8);
    Path next = file.resolveSibling(FILE + ".next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(text);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Object> documents(List<Entry> entries) {
    List<Object> documents = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("spec", entry.spec());
      document.put("base", entry.base());
      document.put("archive", entry.archive());
      document.put("origin", entry.origin());
      documents.add(document);
    }
    return documents;
  }
}
