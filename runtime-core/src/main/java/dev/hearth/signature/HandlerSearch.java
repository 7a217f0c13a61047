package dev.hearth.signature;

import static java.util.Objects.requireNonNull;

import dev.hearth.loader.ClassFileHeader;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.NamedHandler;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks in one archive for handlers that a list of signatures knows; loads none of its classes. */
final class HandlerSearch {

  private static final int MAX_LISTED = 10;

  private final List<Signature> signatures;
  private final StoredArchive archive;
  private final FunctionLoader loader;
  private final ArchiveClasses classes;

  HandlerSearch(List<Signature> signatures, StoredArchive archive, FunctionLoader loader) {
    this.signatures = signatures;
    this.archive = archive;
    this.loader = loader;
    this.classes = new ArchiveClasses(loader, archive.manifest());
  }

  /** A handler that was found, under its exact name. */
  record Found(HandlerName name, Recognised recognised) {}

  /**
   * The handlers meant, in the order of their calls.
   *
   * @param handler as the user wrote it; null or blank to go by the variables of the platforms, then by the manifest, then by what
   *     the archive holds
   * @param function what the function is called; settles which is meant where the archive has several functions with names
   * @throws DeployException if there is none, or it is not clear which
   * @throws BindingException if one has a signature that it does not follow
   */
  List<Found> find(
      @Nullable String handler, Map<String, String> variables, @Nullable String function) {
    String text = handler == null || handler.isBlank() ? byVariables(variables) : handler;
    if (text == null) {
      text = byManifest();
    }
    Found whole = whole(text, variables);
    if (whole != null) {
      return List.of(whole);
    }
    if (text == null) {
      text = only(candidates(), function);
    }
    List<HandlerName> names = HandlerName.parseAll(text);
    Map<String, String> hints = names.size() == 1 ? variables : Map.of();
    List<Found> found = new ArrayList<>(1);
    for (HandlerName name : names) {
      found.add(named(name, hints));
    }
    return found;
  }

  private @Nullable String byVariables(Map<String, String> variables) {
    if (variables.isEmpty()) {
      return null;
    }
    for (Signature signature : signatures) {
      String handler = signature.handler(variables);
      if (handler != null) {
        return handler;
      }
    }
    return null;
  }

  private @Nullable String byManifest() {
    String declared = archive.manifest().get("function-class");
    if (declared != null && !declared.isBlank()) {
      return declared.strip();
    }
    String main = archive.manifest().get("main-class");
    return main != null && !candidates(main.strip()).isEmpty() ? main.strip() : null;
  }

  /** Functions of a family that finds them all over the archive. */
  private @Nullable Found whole(@Nullable String text, Map<String, String> variables) {
    for (Signature signature : signatures) {
      Recognised recognised = signature.recognise(classes, text, variables);
      if (recognised != null) {
        return new Found(new HandlerName(recognised.classes().get(0), null), recognised);
      }
    }
    return null;
  }

  private SortedMap<String, String> candidates() {
    SortedMap<String, String> found = new TreeMap<>();
    loader.visitOwnClasses(
        header -> {
          if (header.isPublic() && header.isConcreteClass()) {
            found.putAll(candidates(header.name()));
          }
          return true;
        });
    return found;
  }

  /** The handlers in a class: as users write them, and what their authors call them, "" for nothing special. */
  private SortedMap<String, String> candidates(String className) {
    SortedMap<String, String> found = new TreeMap<>();
    ClassFile file = classes.file(className);
    if (file == null) {
      return found;
    }
    HandlerClass facts = classes.facts(file);
    for (Signature signature : signatures) {
      for (NamedHandler handler : signature.handlers(facts)) {
        found.put(className + "::" + handler.method(), handler.name());
      }
      if (found.isEmpty() && isKnown(signature, facts)) {
        found.put(className, "");
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  private static boolean isKnown(Signature signature, HandlerClass handler) {
    try {
      return signature.recognise(handler, null) != null;
    } catch (BindingException e) {
      return true; // it is meant to be a handler; binding it says what is wrong
    }
  }

  private String only(SortedMap<String, String> candidates, @Nullable String function) {
    if (candidates.size() == 1) {
      return candidates.firstKey();
    }
    SortedMap<String, String> meant =
        function == null ? new TreeMap<>() : called(function, candidates);
    if (meant.size() == 1) {
      return meant.firstKey();
    }
    if (candidates.isEmpty()) {
      throw new DeployException(
          "archive "
              + archive.origin()
              + " has no public class with a known signature; name the handler, or give a class one"
              + " of these: "
              + known());
    }
    throw severalHandlers(candidates);
  }

  private DeployException severalHandlers(SortedMap<String, String> candidates) {
    SortedSet<String> shown = new TreeSet<>();
    String kind = "classes";
    for (Map.Entry<String, String> candidate : candidates.entrySet()) {
      boolean isClass = candidate.getValue().isEmpty();
      kind = isClass ? kind : "functions";
      shown.add(isClass ? candidate.getKey() : candidate.getKey() + " as " + candidate.getValue());
    }
    return new DeployException(
        "archive "
            + archive.origin()
            + " has "
            + candidates.size()
            + " "
            + kind
            + " that may be the handler ("
            + listed(shown)
            + "); name one, or set Function-Class in its manifest");
  }

  /**
   * The handler of this name: of a class, or one that its author gave it within a class.
   *
   * @param variables what signatures may look at
   * @throws DeployException if there is no such handler, or its signature is not known
   * @throws BindingException if it has a signature that it does not follow
   */
  private Found named(HandlerName name, Map<String, String> variables) {
    ClassFile file = classes.findAsWritten(name.className());
    if (file != null) {
      return inClass(file, name, variables);
    }
    SortedMap<String, String> all = name.method() == null ? namedHandlers() : new TreeMap<>();
    SortedMap<String, String> called = called(name.className(), all);
    if (called.isEmpty()) {
      ClassFile alike =
          name.className().indexOf('.') < 0 ? classes.findInAnyPackage(name.className()) : null;
      if (alike == null) {
        throw absent(name, new TreeSet<>(all.values()));
      }
      return inClass(alike, name, variables);
    }
    if (called.size() > 1) {
      throw severalHandlers(called);
    }
    HandlerName handler = HandlerName.parse(called.firstKey());
    return inClass(requireNonNull(classes.file(handler.className())), handler, variables);
  }

  private SortedMap<String, String> namedHandlers() {
    SortedMap<String, String> found = candidates();
    found.values().removeIf(String::isEmpty);
    return found;
  }

  /** Those of a name; where there is none, those of that name but for case. */
  private static SortedMap<String, String> called(String name, SortedMap<String, String> all) {
    SortedMap<String, String> exactly = new TreeMap<>();
    SortedMap<String, String> alike = new TreeMap<>();
    for (Map.Entry<String, String> handler : all.entrySet()) {
      if (handler.getValue().equals(name)) {
        exactly.put(handler.getKey(), handler.getValue());
      }
      if (handler.getValue().equalsIgnoreCase(name)) {
        alike.put(handler.getKey(), handler.getValue());
      }
    }
    return exactly.isEmpty() ? alike : exactly;
  }

  private Found inClass(ClassFile file, HandlerName name, Map<String, String> variables) {
    HandlerClass facts = classes.facts(file);
    Recognised recognised = recognise(facts, name.method(), variables);
    if (recognised == null) {
      throw new DeployException(
          "handler class "
              + file.name()
              + " has no known signature"
              + (facts.supertypes().isEmpty()
                  ? ""
                  : " (it is a " + String.join(", ", facts.supertypes()) + ")")
              + "; known are "
              + known(),
          new NoSuchMethodException(name.toString()));
    }
    return new Found(new HandlerName(file.name(), name.method()), recognised);
  }

  private @Nullable Recognised recognise(
      HandlerClass handler, @Nullable String method, Map<String, String> variables) {
    for (Signature signature : signatures) {
      Recognised recognised = signature.recognise(handler, method, variables);
      if (recognised != null) {
        return recognised;
      }
    }
    return null;
  }

  private DeployException absent(HandlerName name, SortedSet<String> functions) {
    SortedSet<String> alike = new TreeSet<>();
    String simple = simpleName(name.className());
    loader.visitOwnClasses(
        (ClassFileHeader header) -> {
          if (simpleName(header.name()).equals(simple)) {
            alike.add(header.name());
          }
          return alike.size() <= MAX_LISTED;
        });
    return new DeployException(
        "handler class "
            + name.className()
            + " is not in archive "
            + archive.origin()
            + (functions.isEmpty() ? "" : "; its functions are " + listed(functions))
            + (alike.isEmpty() ? "" : "; it has " + listed(alike)),
        new ClassNotFoundException(name.className()));
  }

  private static String simpleName(String className) {
    int cut = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
    return className.substring(cut + 1).toLowerCase(Locale.ROOT);
  }

  private String known() {
    StringBuilder text = new StringBuilder();
    for (Signature signature : signatures) {
      text.append(text.length() == 0 ? "" : "; ").append(signature.describe());
    }
    return text.toString();
  }

  private static String listed(SortedSet<String> names) {
    List<String> shown = new ArrayList<>();
    for (String name : names) {
      if (shown.size() == MAX_LISTED) {
        shown.add("and " + (names.size() - MAX_LISTED) + " more");
        break;
      }
      shown.add(name);
    }
    return String.join(", ", shown);
  }
}
