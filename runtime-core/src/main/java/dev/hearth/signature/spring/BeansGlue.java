package dev.hearth.signature.spring;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds plain classes as beans by their names. */
public final class BeansGlue implements Glue {

  /** Made by the host, by name. */
  public BeansGlue() {}

  @Override
  public Binding bind(Target target) {
    List<PlainType> types = new ArrayList<>();
    List<InstanceFactory> factories = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(Definition.ROUTER));
    for (Class<?> type : target.types()) {
      PlainType bean = bean(type, target);
      if (!names.add(bean.name())) {
        throw new BindingException(
            "two functions are named '" + bean.name() + "'; one is " + type.getName());
      }
      types.add(bean);
      factories.add(InstanceFactory.of(type));
    }
    requireKnown(target.selection(), names);
    Settings settings = Settings.of(variables(target));
    return new SpringBinding(
        new Instances(types, factories, settings, target.codec().json()), false);
  }

  private static PlainType bean(Class<?> type, Target target) {
    Functional functional = Functional.of(type);
    if (functional == null) {
      throw new BindingException(
          "class " + type.getName() + " implements no interface of java.util.function");
    }
    return PlainType.of(
        Definition.beanName(type.getName()),
        functional,
        Generics.of(type).arguments(functional.type),
        target.codec());
  }

  private static void requireKnown(@Nullable String definition, Set<String> names) {
    if (definition != null && !names.containsAll(Definition.parts(definition))) {
      throw new BindingException(
          "the definition '"
              + definition
              + "' names a function that is not there; there are "
              + names);
    }
  }

  /** The variables with what the user selected, which comes first. */
  private static Map<String, String> variables(Target target) {
    String selection = target.selection();
    if (selection == null) {
      return target.variables();
    }
    Map<String, String> variables = new LinkedHashMap<>(target.variables());
    variables.put(Settings.PREFIX + "definition", selection);
    return variables;
  }

  /** Makes one object of each class. */
  private record Instances(
      List<PlainType> types, List<InstanceFactory> factories, Settings settings, Json json)
      implements SpringBinding.Source {
    @Override
    public Catalogue open(Environment environment) throws Throwable {
      List<PlainBean> beans = new ArrayList<>();
      List<Object> made = new ArrayList<>();
      try {
        for (int i = 0; i < types.size(); i++) {
          Object function = factories.get(i).create(environment);
          made.add(function);
          beans.add(new PlainBean(types.get(i), function, json));
        }
      } catch (Throwable e) {
        try {
          PlainCatalogue.closeAll(made);
        } catch (Exception suppressed) {
          e.addSuppressed(suppressed);
        }
        throw e;
      }
      return new PlainCatalogue(beans, settings, json);
    }
  }
}
