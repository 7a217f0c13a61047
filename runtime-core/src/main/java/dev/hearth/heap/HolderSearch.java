package dev.hearth.heap;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest way from something that never goes away to an object, such as a class loader, in a dump of the heap.
 *
 * <p>Works backwards, from the object to those that refer to it, one step with each reading of the file; so it takes as many readings as
 * the way has steps, and memory for what is on that object's side only. What a weak or phantom reference refers to is not held by it; a
 * soft one counts only where nothing else is found. Belongs to one thread.
 */
public final class HolderSearch {

  private static final String MARK = Mark.class.getName();
  private static final int MOST_STEPS = 40;
  private static final int MOST_FOUND = 5_000_000;

  private final Path dump;
  private final HeapClasses classes;
  private final Map<Long, Step> found = new HashMap<>();

  /** How an object holds the next one towards the loader. */
  private record Step(String how, long next) {}

  private HolderSearch(Path dump, HeapClasses classes) {
    this.dump = dump;
    this.classes = classes;
  }

  /**
   * The way to an object.
   *
   * @param dump as {@code HotSpotDiagnosticMXBean.dumpHeap} writes it
   * @param mark of the {@link Mark} that refers to it
   * @return one line for each step, the root first; empty if no such mark refers to anything any more; a single line if one does, but no
   *     Java object leads there
   * @throws IOException if the file is no dump, or cannot be read
   */
  public static List<String> find(Path dump, String mark) throws IOException {
    HeapClasses classes = HeapClasses.read(dump);
    long loader = new Names(dump, classes).marked(mark);
    if (loader == 0) {
      return List.of();
    }
    for (boolean soft : new boolean[] {false, true}) {
      HolderSearch search = new HolderSearch(dump, classes);
      List<String> path = search.pathTo(loader, soft);
      if (path != null) {
        return path;
      }
    }
    return List.of(
        "no Java object: the JVM itself holds it, by a handle, a monitor or a table of its own");
  }

  private @Nullable List<String> pathTo(long loader, boolean soft) throws IOException {
    found.put(loader, new Step("", 0));
    Set<Long> wanted = Set.of(loader);
    for (int step = 0; step < MOST_STEPS && !wanted.isEmpty(); step++) {
      Long root = rootAmong(wanted);
      if (root != null) {
        return described(root);
      }
      Referrers referrers = new Referrers(wanted, soft);
      HeapFile.read(dump, referrers);
      wanted = referrers.next;
    }
    return null;
  }

  private @Nullable Long rootAmong(Set<Long> ids) {
    for (Long id : ids) {
      if (classes.roots.containsKey(id)) {
        return id;
      }
    }
    return null;
  }

  private List<String> described(long root) throws IOException {
    List<String> lines = new ArrayList<>();
    Map<Long, Long> types = new HashMap<>();
    Deque<Long> way = new ArrayDeque<>();
    for (long at = root; at != 0; at = step(at).next()) {
      way.add(at);
      types.put(at, 0L);
    }
    HeapFile.read(dump, new TypesOf(types));
    String kind = String.valueOf(classes.roots.get(root));
    String thread = kind.equals("thread") ? new Names(dump, classes).nameOf(root) : "";
    for (long at : way) {
      String how = step(at).how();
      String who = classes.isClass(at) ? "class " + classes.name(at) : classes.name(types.get(at));
      String first = at == root ? kind + (thread.isEmpty() ? "" : " '" + thread + "'") + ": " : "";
      lines.add(first + who + (how.isEmpty() ? "" : how));
    }
    return lines;
  }

  private Step step(long id) {
    Step step = found.get(id);
    if (step == null) {
      throw new IllegalStateException("a way has a gap");
    }
    return step;
  }

  /** Finds the types of a few objects. */
  private static final class TypesOf extends HeapFile.Visitor {
    private final Map<Long, Long> types;

    TypesOf(Map<Long, Long> types) {
      this.types = types;
    }

    @Override
    void instance(long id, long classId, byte[] fields) {
      types.computeIfPresent(id, (known, none) -> classId);
    }

    @Override
    void array(long id, long classId, long[] elements) {
      types.computeIfPresent(id, (known, none) -> classId);
    }
  }

  /** Finds those that refer to some objects and were not found before. */
  private final class Referrers extends HeapFile.Visitor {
    private final Set<Long> wanted;
    private final boolean soft;
    private final Set<Long> next = new HashSet<>();

    Referrers(Set<Long> wanted, boolean soft) {
      this.wanted = wanted;
      this.soft = soft;
    }

    private void refers(long from, long to, String how) {
      if (wanted.contains(to) && found.size() < MOST_FOUND && !found.containsKey(from)) {
        found.put(from, new Step(how, to));
        next.add(from);
      }
    }

    @Override
    void type(HeapType type) {
      refers(type.id, type.loaderId, " is defined by it");
      refers(type.id, type.superId, " extends");
      for (HeapType.Static each : type.statics) {
        refers(type.id, each.value(), "." + classes.text(each.nameId()));
      }
    }

    @Override
    void instance(long id, long classId, byte[] fields) {
      if (found.containsKey(id)) {
        return;
      }
      refers(id, classId, " is an instance of");
      int from = 0;
      for (HeapType type = classes.type(classId); type != null; type = classes.type(type.superId)) {
        for (HeapType.Field field : type.fields) {
          long to = HeapFile.id(fields, from + field.at(), field.size());
          if (to != 0 && wanted.contains(to) && classes.holds(type, field, classId, soft)) {
            refers(id, to, "." + classes.text(field.nameId()));
          }
        }
        from += type.size;
      }
    }

    @Override
    void array(long id, long classId, long[] elements) {
      for (int i = 0; i < elements.length; i++) {
        if (elements[i] != 0) {
          refers(id, elements[i], "[" + i + "]");
        }
      }
      refers(id, classId, " is an array of");
    }
  }

  /**
   * Dumps the heap and finds the way to an object in it. Everything stands still meanwhile: about a second for each GB in use.
   *
   * @param mark of the {@link Mark} that refers to it
   * @return as {@link #find}
   * @throws IOException if the heap cannot be dumped, which needs a HotSpot JVM and as much space in the temporary directory
   */
  public static List<String> dumpAndFind(String mark) throws IOException {
    Path directory = Files.createTempDirectory("hearth-heap");
    Path dump = directory.resolve("heap.hprof");
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpHeap",
              new Object[] {dump.toString(), true},
              new String[] {"java.lang.String", "boolean"});
      return find(dump, mark);
    } catch (JMException e) {
      throw new IOException("the heap cannot be dumped: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(dump);
      Files.deleteIfExists(directory);
    }
  }

  /** Finds an object by the text that marks it, and the name of a thread. */
  private static final class Names {
    private final Path dump;
    private final HeapClasses classes;

    Names(Path dump, HeapClasses classes) {
      this.dump = dump;
      this.classes = classes;
    }

    /** What a mark refers to; 0 if there is none. */
    long marked(String mark) throws IOException {
      Map<Long, Long> strings = new HashMap<>(); // a mark's text, and what it refers to
      each(
          (id, classId, fields) -> {
            if (classes.extendsFrom(classId, MARK)) {
              strings.put(
                  classes.value(classId, fields, MARK, "mark"),
                  classes.value(classId, fields, "java.lang.ref.Reference", "referent"));
            }
          });
      for (Map.Entry<Long, String> text : texts(strings.keySet()).entrySet()) {
        long referent = strings.getOrDefault(text.getKey(), 0L);
        if (text.getValue().equals(mark) && referent != 0) {
          return referent;
        }
      }
      return 0;
    }

    /** The name of a thread; empty if it cannot be told. */
    String nameOf(long thread) throws IOException {
      long[] name = {0};
      each(
          (id, classId, fields) -> {
            if (id == thread) {
              name[0] = classes.value(classId, fields, "java.lang.Thread", "name");
            }
          });
      return texts(Set.of(name[0])).getOrDefault(name[0], "");
    }

    private Map<Long, String> texts(Set<Long> strings) throws IOException {
      Map<Long, Long> values = new HashMap<>();
      each(
          (id, classId, fields) -> {
            if (strings.contains(id)) {
              values.put(classes.value(classId, fields, "java.lang.String", "value"), id);
            }
          });
      Map<Long, String> texts = new HashMap<>();
      HeapFile.read(
          dump,
          new HeapFile.Visitor() {
            @Override
            boolean wantsBytes() {
              return true;
            }

            @Override
            void bytes(long id, byte[] bytes) {
              Long string = values.get(id);
              if (string != null) {
                texts.put(string, new String(bytes, StandardCharsets.ISO_8859_1));
              }
            }
          });
      return texts;
    }

    private interface Instance {
      void seen(long id, long classId, byte[] fields);
    }

    private void each(Instance instance) throws IOException {
      HeapFile.read(
          dump,
          new HeapFile.Visitor() {
            @Override
            void instance(long id, long classId, byte[] fields) {
              instance.seen(id, classId, fields);
            }
          });
    }
  }
}
