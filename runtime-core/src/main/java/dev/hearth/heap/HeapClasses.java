package dev.hearth.heap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes, texts and roots of a heap dump. Only read, once it is made. */
final class HeapClasses {

  final Map<Long, String> roots = new HashMap<>(); // an object, and what makes it one
  private final Map<Long, HeapType> types = new HashMap<>();
  private final Map<Long, Long> names = new HashMap<>(); // a class, the text of its name
  private final Map<Long, String> texts = new HashMap<>();

  private HeapClasses() {}

  static HeapClasses read(Path dump) throws IOException {
    HeapClasses classes = new HeapClasses();
    HeapFile.read(dump, classes.new All());
    return classes;
  }

  private final class All extends HeapFile.Visitor {
    @Override
    void text(long id, String text) {
      texts.put(id, text);
    }

    @Override
    void className(long classId, long textId) {
      names.put(classId, textId);
    }

    @Override
    void root(String kind, long id) {
      // A thread says more than that one of its frames refers to something.
      roots.merge(id, kind, (known, more) -> more.equals("thread") ? more : known);
    }

    @Override
    void type(HeapType type) {
      types.put(type.id, type);
    }
  }

  boolean isClass(long id) {
    return types.containsKey(id);
  }

  @Nullable HeapType type(long id) {
    return types.get(id);
  }

  String text(long id) {
    return id == 0 ? "(of the JVM)" : texts.getOrDefault(id, "?");
  }

  /** A class's name as Java writes it. */
  String name(@Nullable Long classId) {
    Long text = classId == null ? null : names.get(classId);
    if (text == null) {
      return "an object";
    }
    String name = text(text).replace('/', '.');
    return name.startsWith("[L") ? name.substring(2, name.length() - 1) + "[]" : name;
  }

  boolean extendsFrom(long classId, String name) {
    for (HeapType type = types.get(classId); type != null; type = types.get(type.superId)) {
      if (name(type.id).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The object in a field that a class declares; 0 if there is none. */
  long value(long classId, byte[] fields, String declaredBy, String name) {
    int from = 0;
    for (HeapType type = types.get(classId); type != null; type = types.get(type.superId)) {
      if (name(type.id).equals(declaredBy)) {
        for (HeapType.Field field : type.fields) {
          if (text(field.nameId()).equals(name)) {
            return HeapFile.id(fields, from + field.at(), field.size());
          }
        }
      }
      from += type.size;
    }
    return 0;
  }

  /** Whether what stands in this field is kept alive by it. */
  boolean holds(HeapType declaring, HeapType.Field field, long classId, boolean soft) {
    boolean referent =
        text(field.nameId()).equals("referent")
            && name(declaring.id).equals("java.lang.ref.Reference");
    return !referent || (soft && extendsFrom(classId, "java.lang.ref.SoftReference"));
  }
}
