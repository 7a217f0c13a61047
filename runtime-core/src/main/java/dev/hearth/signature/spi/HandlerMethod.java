package dev.hearth.signature.spi;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method as a class file declares it.
 *
 * @param name its name
 * @param descriptor its erased parameters and result, such as {@code (Ljava/lang/String;)V}
 * @param access its access flags
 * @param annotations binary names of the annotations on it that are kept at run time
 * @param texts what their members say that are texts, by the annotation's name, a dot and the member's
 * @param parameterAnnotations the same for all its parameters together
 */
public record HandlerMethod(
    String name,
    String descriptor,
    int access,
    Set<String> annotations,
    Map<String, String> texts,
    Set<String> parameterAnnotations) {

  private static final int BRIDGE = 0x0040;

  public HandlerMethod {
    annotations = Set.copyOf(annotations);
    texts = Map.copyOf(texts);
    parameterAnnotations = Set.copyOf(parameterAnnotations);
  }

  /** A method whose annotations say nothing in texts. */
  public HandlerMethod(String name, String descriptor, int access, Set<String> annotations) {
    this(name, descriptor, access, annotations, Map.of(), Set.of());
  }

  /**
   * What a member of an annotation on it says.
   *
   * @param annotation the annotation's binary name
   * @return null if there is no such annotation, or its member is no text or left to its default
   */
  public @Nullable String text(String annotation, String member) {
    return texts.get(annotation + '.' + member);
  }

  /** Whether it is public. */
  public boolean isPublic() {
    return Modifier.isPublic(access);
  }

  /** Whether it is static. */
  public boolean isStatic() {
    return Modifier.isStatic(access);
  }

  /** Whether the compiler made it to reach another one that has more exact types. */
  public boolean isBridge() {
    return (access & BRIDGE) != 0;
  }
}
