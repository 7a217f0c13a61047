package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Target;
import io.quarkus.funqy.Funq;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds the annotated methods of one class, or of all classes of an archive. */
public final class FunqyGlue implements Glue {

  /** Made by the host, by name. */
  public FunqyGlue() {}

  @Override
  public Binding bind(Target target) {
    Map<String, FunqyFunction> functions = new LinkedHashMap<>();
    List<InstanceFactory> factories = new ArrayList<>();
    for (Class<?> type : target.types()) {
      for (Method method : annotated(type, target.method())) {
        FunqyFunction function =
            FunqyFunction.of(method, factories.size(), Generics.of(type), target);
        FunqyFunction other = functions.put(function.name(), function);
        if (other != null) {
          throw new BindingException(
              "two Funqy functions are named '"
                  + function.name()
                  + "': "
                  + other.method()
                  + " and "
                  + function.method()
                  + "; name one with @Funq(\"…\")");
        }
      }
      factories.add(InstanceFactory.of(type));
    }
    Catalogue catalogue = Catalogue.of(functions, export(target, functions));
    return new FunqyBinding(catalogue, factories, target.codec(), target.variables());
  }

  private static List<Method> annotated(Class<?> type, @Nullable String name) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      boolean named = name == null || name.equals(method.getName());
      if (named && !method.isBridge() && method.isAnnotationPresent(Funq.class)) {
        methods.add(method);
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Funq.class) && !method.isBridge()) {
        FunqyFunction.requireCallable(method);
      }
    }
    methods.sort(new ByName());
    return methods;
  }

  /** The function that takes what names none: the user's choice, the platform's variable, or the only one. */
  private static @Nullable FunqyFunction export(
      Target target, Map<String, FunqyFunction> functions) {
    String name = target.selection();
    if (name == null) {
      name = target.variables().get("QUARKUS_FUNQY_EXPORT");
    }
    if (name == null || name.isBlank()) {
      return functions.size() == 1 ? functions.values().iterator().next() : null;
    }
    FunqyFunction chosen = functions.get(name.strip());
    if (chosen == null) {
      throw new BindingException(
          "there is no Funqy function '" + name + "'; there are " + functions.keySet());
    }
    return chosen;
  }

  private static final class ByName implements java.util.Comparator<Method> {
    @Override
    public int compare(Method one, Method other) {
      return one.toString().compareTo(other.toString());
    }
  }
}
