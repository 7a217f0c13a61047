package dev.hearth.signature;

import dev.hearth.loader.FunctionLoader;
import dev.hearth.signature.spi.HandlerArchive;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The class files that a function's loader finds, read without loading a class. One thread's. */
final class ArchiveClasses implements HandlerArchive {

  private final FunctionLoader loader;
  private final Map<String, String> manifest;
  private final Map<String, @Nullable ClassFile> known = new HashMap<>();
  private @Nullable List<HandlerClass> own; // when first asked

  ArchiveClasses(FunctionLoader loader, Map<String, String> manifest) {
    this.loader = loader;
    this.manifest = manifest;
  }

  @Override
  public Map<String, String> manifest() {
    return manifest;
  }

  @Override
  public @Nullable HandlerClass find(String name) {
    ClassFile file = findAsWritten(name);
    return file == null ? null : facts(file);
  }

  @Override
  public List<HandlerClass> ownClasses() {
    List<HandlerClass> found = own;
    if (found == null) {
      Map<String, HandlerClass> byName = new TreeMap<>();
      loader.visitOwnClasses(
          header -> {
            ClassFile file =
                header.isPublic() && header.isConcreteClass() ? file(header.name()) : null;
            if (file != null) {
              byName.put(header.name(), facts(file));
            }
            return true;
          });
      found = List.copyOf(byName.values());
      own = found;
    }
    return found;
  }

  /** The class of this binary name; null if the loader finds none, or it cannot be read. */
  @Nullable ClassFile file(String name) {
    if (known.containsKey(name)) {
      return known.get(name);
    }
    ClassFile found = read(name);
    known.put(name, found);
    return found;
  }

  private @Nullable ClassFile read(String name) {
    if (!loader.holds(name)) {
      return null;
    }
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : ClassFile.read(in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      return null; // what loading it would say is said when it is loaded
    }
  }

  /**
   * The class that a user means by a name, in which a nested class may be set off by a dot.
   *
   * @return its file, or null if there is none by any reading
   */
  @Nullable ClassFile findAsWritten(String name) {
    String reading = name;
    while (true) {
      ClassFile found = file(reading);
      if (found != null) {
        return found;
      }
      int dot = reading.lastIndexOf('.');
      if (dot < 0) {
        return null;
      }
      reading = reading.substring(0, dot) + '$' + reading.substring(dot + 1);
    }
  }

  /** The only class of the user's own that has this name in some package; null if there is none, or more. */
  @Nullable ClassFile findInAnyPackage(String simpleName) {
    List<String> found = new ArrayList<>();
    String end = "." + simpleName;
    loader.visitOwnClasses(
        header -> {
          if (header.name().endsWith(end)) {
            found.add(header.name());
          }
          return found.size() < 2;
        });
    return found.size() == 1 ? file(found.get(0)) : null;
  }

  /** A class with all that it inherits, as far as there is anything to read. */
  HandlerClass facts(ClassFile file) {
    Set<String> supertypes = new LinkedHashSet<>();
    List<HandlerMethod> methods = new ArrayList<>(file.methods());
    collect(file, supertypes, methods, true);
    return new Facts(file.name(), supertypes, file.annotations(), methods);
  }

  private void collect(
      ClassFile file, Set<String> supertypes, List<HandlerMethod> methods, boolean isClass) {
    String superName = file.superName();
    if (superName != null) {
      add(superName, supertypes, methods, isClass);
    }
    for (String type : file.interfaces()) {
      add(type, supertypes, methods, false);
    }
  }

  private void add(
      String name, Set<String> supertypes, List<HandlerMethod> methods, boolean isClass) {
    if (name.equals("java.lang.Object") || !supertypes.add(name)) {
      return;
    }
    if (name.startsWith("java.")) {
      addOfJdk(name, supertypes);
      return;
    }
    ClassFile file = file(name);
    if (file != null) {
      if (isClass) {
        methods.addAll(file.methods());
      }
      collect(file, supertypes, methods, isClass);
    }
  }

  private static void addOfJdk(String name, Set<String> supertypes) {
    try {
      addOfJdk(Class.forName(name, false, ClassLoader.getPlatformClassLoader()), supertypes);
    } catch (ClassNotFoundException e) {
      // Not in this JDK; loading the handler says so.
    }
  }

  private static void addOfJdk(@Nullable Class<?> type, Set<String> supertypes) {
    if (type == null || type == Object.class) {
      return;
    }
    supertypes.add(type.getName());
    addOfJdk(type.getSuperclass(), supertypes);
    for (Class<?> inherited : type.getInterfaces()) {
      addOfJdk(inherited, supertypes);
    }
  }

  private record Facts(
      String name, Set<String> supertypes, Set<String> annotations, List<HandlerMethod> methods)
      implements HandlerClass {}
}
