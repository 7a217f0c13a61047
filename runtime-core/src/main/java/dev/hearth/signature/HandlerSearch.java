package dev.hearth.signature;

import dev.hearth.loader.ClassFileHeader;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
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
    this.classes = new ArchiveClasses(loader);
  }

  /** A handler that was found, under its exact name. */
  record Found(HandlerName name, Recognised recognised) {}

  /**
   * The handler that the archive means when the user named none: what its manifest says, else its only class
   * with a known signature.
   *
   * @return as a user would write it
   * @throws DeployException if it is not clear
   */
  String byArchive() {
    String declared = archive.manifest().get("function-class");
    if (declared != null && !declared.isBlank()) {
      return declared.strip();
    }
    String main = archive.manifest().get("main-class");
    if (main != null && isKnown(main.strip())) {
      return main.strip();
    }
    return only(candidates());
  }

  private boolean isKnown(String className) {
    ClassFile file = classes.find(className);
    try {
      return file != null && recognise(classes.facts(file), null) != null;
    } catch (BindingException e) {
      return true; // it is meant to be a handler; binding it says what is wrong
    }
  }

  private SortedSet<String> candidates() {
    SortedSet<String> found = new TreeSet<>();
    loader.visitOwnClasses(
        header -> {
          if (header.isPublic() && header.isConcreteClass() && isKnown(header.name())) {
            found.add(header.name());
          }
          return true;
        });
    return found;
  }

  private String only(SortedSet<String> candidates) {
    if (candidates.size() == 1) {
      return candidates.first();
    }
    if (candidates.isEmpty()) {
      throw new DeployException(
          "archive "
              + archive.origin()
              + " has no public class with a known signature; name the handler, or give a class one of these: "
              + known());
    }
    throw new DeployException(
        "archive "
            + archive.origin()
            + " has "
            + candidates.size()
            + " classes that may be the handler ("
            + listed(candidates)
            + "); name one, or set Function-Class in its manifest");
  }

  /**
   * The handler of this name.
   *
   * @throws DeployException if there is no such class, or its signature is not known
   * @throws BindingException if it has a signature that it does not follow
   */
  Found named(HandlerName name) {
    ClassFile file = classes.findAsWritten(name.className());
    if (file == null) {
      throw absent(name);
    }
    HandlerClass facts = classes.facts(file);
    Recognised recognised = recognise(facts, name.method());
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

  private @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    for (Signature signature : signatures) {
      Recognised recognised = signature.recognise(handler, method);
      if (recognised != null) {
        return recognised;
      }
    }
    return null;
  }

  private DeployException absent(HandlerName name) {
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
