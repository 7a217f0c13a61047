package dev.hearth.signature.micronaut;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Target;
import io.micronaut.function.FunctionBean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds the functions of one class, or of all classes of an archive. */
public final class MicronautGlue implements Glue {

  /** Made by the host, by name. */
  public MicronautGlue() {}

  @Override
  public Binding bind(Target target) {
    Map<String, BeanFunction> functions = new LinkedHashMap<>();
    List<InstanceFactory> factories = new ArrayList<>();
    for (Class<?> type : target.types()) {
      for (BeanFunction function : functions(type, factories.size(), target)) {
        BeanFunction other = functions.put(function.name(), function);
        if (other != null) {
          throw new BindingException(
              "two functions are named '"
                  + function.name()
                  + "': "
                  + other.method()
                  + " and "
                  + function.method()
                  + "; name one with @FunctionBean(\"…\")");
        }
      }
      factories.add(InstanceFactory.of(type));
    }
    return new MicronautBinding(
        only(functions, target.selection()), factories, target.codec(), target.variables());
  }

  private static List<BeanFunction> functions(Class<?> type, int instance, Target target) {
    List<BeanFunction> functions = new ArrayList<>();
    FunctionBean ofType = type.getAnnotation(FunctionBean.class);
    if (ofType != null && target.method() == null) {
      functions.add(
          BeanFunction.ofClass(type, name(ofType), ofType.method(), instance, target.codec()));
    }
    for (Method method : type.getMethods()) {
      FunctionBean ofMethod = method.getAnnotation(FunctionBean.class);
      boolean meant = target.method() == null || target.method().equals(method.getName());
      if (ofMethod != null && meant && !method.isBridge()) {
        functions.add(BeanFunction.ofFactory(method, name(ofMethod), instance, target.codec()));
      }
    }
    if (functions.isEmpty()) {
      throw new BindingException(
          "class " + type.getName() + " has no public method annotated with @FunctionBean");
    }
    return functions;
  }

  private static String name(FunctionBean annotation) {
    return annotation.value().isEmpty() ? annotation.name() : annotation.value();
  }

  private static Map<String, BeanFunction> only(
      Map<String, BeanFunction> functions, @Nullable String selection) {
    if (selection == null) {
      return functions;
    }
    BeanFunction chosen = functions.get(selection.strip());
    if (chosen == null) {
      throw new BindingException(
          "there is no function '" + selection + "'; there are " + functions.keySet());
    }
    return Map.of(chosen.name(), chosen);
  }
}
