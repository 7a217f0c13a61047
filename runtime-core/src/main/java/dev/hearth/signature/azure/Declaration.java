package dev.hearth.signature.azure;

import com.microsoft.azure.functions.annotation.CustomBinding;
import com.microsoft.azure.functions.annotation.HasImplicitOutput;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.MethodCall;
import java.lang.annotation.Annotation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A binding as an annotation declares it.
 *
 * @param name under which the Azure host knows it
 * @param type in the words of {@code function.json}, such as {@code queueTrigger}
 * @param isOutput whether the function gives it rather than takes it
 * @param annotation what declares it
 */
record Declaration(String name, String type, boolean isOutput, Annotation annotation) {

  private static final String VENDOR = "com.microsoft.azure.functions.annotation.";

  /** What the vendor's tools call the binding that a method returns. */
  static final String RETURN = "$return";

  /**
   * The binding among annotations: one of the vendor's own that has a name, or one that is a {@code @CustomBinding}.
   *
   * @return null if none of them declares one
   */
  static @Nullable Declaration among(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      Declaration found = of(annotation);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Declaration of(Annotation annotation) {
    if (annotation instanceof CustomBinding custom) {
      return custom(custom.name(), custom, annotation);
    }
    Class<? extends Annotation> kind = annotation.annotationType();
    String name = nameOf(annotation);
    CustomBinding custom = kind.getAnnotation(CustomBinding.class);
    if (custom != null) {
      return custom(name == null ? custom.name() : name, custom, annotation);
    }
    if (name == null || !kind.getName().startsWith(VENDOR)) {
      return null;
    }
    String simple = kind.getSimpleName();
    return new Declaration(name, typeOf(simple), simple.endsWith("Output"), annotation);
  }

  private static Declaration custom(String name, CustomBinding custom, Annotation annotation) {
    return new Declaration(
        name, custom.type(), custom.direction().equalsIgnoreCase("out"), annotation);
  }

  private static @Nullable String nameOf(Annotation annotation) {
    try {
      MethodCall name = new MethodCall(annotation.annotationType().getMethod("name"));
      return name.invoke(annotation) instanceof String text ? text : null;
    } catch (NoSuchMethodException e) {
      return null;
    } catch (Throwable e) {
      throw new BindingException(
          "the name of " + annotation.annotationType() + " is unreadable", e);
    }
  }

  /** The build tools of the vendor name types so; both triggers of Service Bus are one type. */
  private static String typeOf(String annotation) {
    if (annotation.startsWith("ServiceBus") && annotation.endsWith("Trigger")) {
      return "serviceBusTrigger";
    }
    return annotation.substring(0, 1).toLowerCase(Locale.ROOT) + annotation.substring(1);
  }

  boolean isTrigger() {
    return !isOutput && type.toLowerCase(Locale.ROOT).endsWith("trigger");
  }

  /** Whether it is HTTP's trigger or output. */
  boolean isHttp() {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.equals("httptrigger") || lower.equals("httpoutput") || lower.equals("http");
  }

  /** Whether functions with this binding answer even where their method returns nothing. */
  boolean hasImplicitOutput() {
    HasImplicitOutput marked = annotation.annotationType().getAnnotation(HasImplicitOutput.class);
    return marked != null && marked.value();
  }
}
