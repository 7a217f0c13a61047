package dev.hearth.signature.spring;

import dev.hearth.signature.spi.HandlerArchive;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises Spring Boot applications, by the manifest's {@code Start-Class}, the variable {@code MAIN_CLASS} or an annotation, and plain
 * functions that are named the way Spring Cloud Function does.
 */
public final class SpringSignature implements Signature {

  private static final String APPLICATION = "org.springframework.boot.SpringApplication";
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "org.springframework.boot.autoconfigure.SpringBootApplication",
          "org.springframework.boot.SpringBootConfiguration",
          "org.springframework.boot.autoconfigure.EnableAutoConfiguration",
          "org.springframework.context.annotation.Configuration");
  private static final String INITIALIZER =
      "org.springframework.context.ApplicationContextInitializer";
  private static final Set<String> FUNCTIONS =
      Set.of(
          "java.util.function.Function",
          "java.util.function.BiFunction",
          "java.util.function.Consumer",
          "java.util.function.BiConsumer",
          "java.util.function.Supplier");
  private static final String MAIN_CLASS = "MAIN_CLASS";

  @Override
  public String describe() {
    return "Spring Boot applications that have functions as beans";
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    return isApplication(handler) ? application(handler.name(), method) : null;
  }

  @Override
  public @Nullable Recognised recognise(
      HandlerArchive archive, @Nullable String handler, Map<String, String> variables) {
    String start = startClass(archive, variables);
    if (handler == null || handler.equals(variables.get(MAIN_CLASS))) {
      return start == null ? null : application(start, Settings.definition(variables));
    }
    List<String> parts = Definition.parts(handler);
    List<String> classes = functions(archive, parts);
    if (!classes.isEmpty()) {
      boolean springs = handler.indexOf(';') >= 0 || Settings.areThere(variables);
      return springs ? beans(classes, Settings.definition(variables)) : null;
    }
    if (namesClass(archive, parts)) {
      return null;
    }
    return start == null ? byBeanNames(archive, handler, parts) : application(start, handler);
  }

  @Override
  public @Nullable String handler(Map<String, String> variables) {
    String classes = Settings.functionClass(variables);
    if (classes != null) {
      return classes;
    }
    String definition = Settings.definition(variables);
    return definition == null ? variables.get(MAIN_CLASS) : definition;
  }

  private static boolean isApplication(HandlerClass type) {
    for (String annotation : type.annotations()) {
      if (ANNOTATIONS.contains(annotation)) {
        return true;
      }
    }
    return type.supertypes().contains(INITIALIZER);
  }

  private static @Nullable String startClass(
      HandlerArchive archive, Map<String, String> variables) {
    String name = variables.get(MAIN_CLASS);
    name = name == null ? archive.manifest().get("start-class") : name;
    if (name == null || archive.find(APPLICATION) == null) {
      return null;
    }
    HandlerClass found = archive.find(name.strip());
    return found == null ? null : found.name();
  }

  /** The classes, where every part names one that is a function; else none. */
  private static List<String> functions(HandlerArchive archive, List<String> parts) {
    List<String> classes = new ArrayList<>();
    for (String part : parts) {
      HandlerClass found = archive.find(part);
      if (found == null || !isFunction(found)) {
        return List.of();
      }
      classes.add(found.name());
    }
    return classes;
  }

  private static boolean isFunction(HandlerClass type) {
    for (String supertype : type.supertypes()) {
      if (FUNCTIONS.contains(supertype)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a part is meant to be a class, so that another family, or a message, has to deal with it. */
  private static boolean namesClass(HandlerArchive archive, List<String> parts) {
    for (String part : parts) {
      if (part.contains("::") || part.indexOf('#') >= 0 || archive.find(part) != null) {
        return true;
      }
    }
    return parts.isEmpty();
  }

  private static @Nullable Recognised byBeanNames(
      HandlerArchive archive, String definition, List<String> parts) {
    List<String> classes = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(Definition.ROUTER));
    for (HandlerClass type : archive.ownClasses()) {
      if (isFunction(type)) {
        classes.add(type.name());
        names.add(Definition.beanName(type.name()));
      }
    }
    return !classes.isEmpty() && names.containsAll(parts) ? beans(classes, definition) : null;
  }

  private static Recognised application(String startClass, @Nullable String definition) {
    return Recognised.in("spring-boot", "dev.hearth.signature.spring.BootGlue", List.of())
        .with("dev.hearth.signature.web.")
        .over(List.of(startClass), definition);
  }

  private static Recognised beans(List<String> classes, @Nullable String definition) {
    return Recognised.in(
            "spring-cloud-function", "dev.hearth.signature.spring.BeansGlue", List.of())
        .with("dev.hearth.signature.web.")
        .over(classes, definition);
  }
}
