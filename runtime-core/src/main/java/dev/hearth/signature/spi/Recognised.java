package dev.hearth.signature.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A handler whose signature is known, and what binds it. */
public final class Recognised {

  private final String signature;
  private final @Nullable Glue hostGlue;
  private final @Nullable String glueClass;
  private final List<String> provided;

  private Recognised(
      String signature,
      @Nullable Glue hostGlue,
      @Nullable String glueClass,
      List<String> provided) {
    this.signature = signature;
    this.hostGlue = hostGlue;
    this.glueClass = glueClass;
    this.provided = provided;
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
    return new Recognised(signature, null, glueClass, List.copyOf(provided));
  }

  /**
   * Bound by the host itself, because the API is the JDK's or Hearth's.
   *
   * @param signature the signature's name, for people
   */
  public static Recognised byHost(String signature, Glue glue) {
    return new Recognised(signature, glue, null, List.of());
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
}
