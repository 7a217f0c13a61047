package dev.hearth.signature.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A handler whose signature is known, and what binds it. */
public final class Recognised {

  private final String signature;
  private final @Nullable Glue hostGlue;
  private final @Nullable String glueClass;
  private final List<String> provided;
  private final List<String> packages;
  private final List<String> libraries;
  private final List<String> classes;
  private final @Nullable String selection;

  private Recognised(
      String signature,
      @Nullable Glue hostGlue,
      @Nullable String glueClass,
      List<String> provided,
      List<String> packages,
      List<String> libraries,
      List<String> classes,
      @Nullable String selection) {
    this.signature = signature;
    this.hostGlue = hostGlue;
    this.glueClass = glueClass;
    this.provided = provided;
    this.packages = packages;
    this.libraries = libraries;
    this.classes = classes;
    this.selection = selection;
  }

  /**
   * Bound by glue that is defined next to the function's classes.
   *
   * @param signature the signature's name, for people
   * @param glueClass binary name of a public class that implements {@link Glue} and has a public no-argument
   *     constructor; its whole package is at its service there
   * @param provided sets of vendor classes that are put behind the archive, for what it does not bring
   */
  public static Recognised in(String signature, String glueClass, List<String> provided) {
    return new Recognised(
        signature, null, glueClass, List.copyOf(provided), List.of(), List.of(), List.of(), null);
  }

  /**
   * Bound by the host itself, because the API is the JDK's or Hearth's.
   *
   * @param signature the signature's name, for people
   */
  public static Recognised byHost(String signature, Glue glue) {
    return new Recognised(signature, glue, null, List.of(), List.of(), List.of(), List.of(), null);
  }

  /**
   * The same, with more of the host's classes defined next to the glue.
   *
   * @param packages each ending in a dot
   */
  public Recognised with(String... packages) {
    return new Recognised(
        signature, hostGlue, glueClass, provided, List.of(packages), libraries, classes, selection);
  }

  /**
   * The same, with a private copy of libraries of the host for the glue, whatever the function brings.
   *
   * @param libraries packages, each ending in a dot, with everything below them
   */
  public Recognised withOwn(String... libraries) {
    return new Recognised(
        signature, hostGlue, glueClass, provided, packages, List.of(libraries), classes, selection);
  }

  /**
   * The same, bound over these classes rather than the one handler.
   *
   * @param classes binary names, at least one
   * @param selection what the user wants of them, in the family's own words; null for all
   */
  public Recognised over(List<String> classes, @Nullable String selection) {
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes are none; a binding is over one at least");
    }
    return new Recognised(
        signature,
        hostGlue,
        glueClass,
        provided,
        packages,
        libraries,
        List.copyOf(classes),
        selection);
  }

  /** The signature's name, for people. */
  public String signature() {
    return signature;
  }

  /** The glue, where it is the host's; else null. */
  public @Nullable Glue hostGlue() {
    return hostGlue;
  }

  /** Name of the glue's class, where it is defined next to the function's classes; else null. */
  public @Nullable String glueClass() {
    return glueClass;
  }

  /** Sets of vendor classes that belong behind the archive. */
  public List<String> provided() {
    return provided;
  }

  /** Packages of the host that are defined next to the glue, besides its own. */
  public List<String> packages() {
    return packages;
  }

  /** Libraries of the host that the glue has a private copy of. */
  public List<String> libraries() {
    return libraries;
  }

  /** The classes that it is bound over; empty for the handler alone. */
  public List<String> classes() {
    return classes;
  }

  /** What the user wants of them, in the family's own words; null for all. */
  public @Nullable String selection() {
    return selection;
  }
}
