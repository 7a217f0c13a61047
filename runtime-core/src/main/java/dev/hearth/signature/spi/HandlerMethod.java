package dev.hearth.signature.spi;

import java.lang.reflect.Modifier;
import java.util.Set;

/**
 * A method as a class file declares it.
 *
 * @param name its name
 * @param descriptor its erased parameters and result, such as {@code (Ljava/lang/String;)V}
 * @param access its access flags
 * @param annotations binary names of the annotations on it that are kept at run time
 * @param parameterAnnotations the same for all its parameters together
 */
public record HandlerMethod(
    String name,
    String descriptor,
    int access,
    Set<String> annotations,
    Set<String> parameterAnnotations) {

  private static final int BRIDGE = 0x0040;

  public HandlerMethod {
    annotations = Set.copyOf(annotations);
    parameterAnnotations = Set.copyOf(parameterAnnotations);
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
