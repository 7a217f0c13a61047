package dev.hearth.signature.spring;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;

/** The functions of an application without Spring Cloud Function: its beans of {@code java.util.function}'s types. */
final class BeanFactoryBeans implements Catalogue {

  private final BootApplication application;
  private final PlainCatalogue beans;

  private BeanFactoryBeans(BootApplication application, PlainCatalogue beans) {
    this.application = application;
    this.beans = beans;
  }

  static Catalogue of(BootApplication application, Codec codec) {
    ConfigurableApplicationContext context = application.context();
    List<PlainBean> found = new ArrayList<>();
    for (Functional functional : Functional.ALL) {
      for (String name : context.getBeanNamesForType(functional.type)) {
        if (!contains(found, name)) {
          Object bean = context.getBean(name);
          Type[] types = types(context.getBeanFactory(), name, bean, functional);
          found.add(
              new PlainBean(PlainType.of(name, functional, types, codec), bean, codec.json()));
        }
      }
    }
    if (found.isEmpty()) {
      throw new BindingException(
          "the Spring Boot application has no bean of java.util.function's types; add one, or name"
              + " another handler");
    }
    return new BeanFactoryBeans(
        application, new PlainCatalogue(found, application.settings(), codec.json()));
  }

  private static boolean contains(List<PlainBean> beans, String name) {
    for (PlainBean bean : beans) {
      if (bean.definition().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** What the bean's declaration says, else what its class does. */
  private static Type[] types(
      ConfigurableListableBeanFactory factory, String name, Object bean, Functional functional) {
    Type[] types = Generics.of(bean.getClass()).arguments(functional.type);
    if (!factory.containsBeanDefinition(name)) {
      return types;
    }
    ResolvableType declared =
        factory.getMergedBeanDefinition(name).getResolvableType().as(functional.type);
    Generics plain = Generics.of(Object.class);
    for (int i = 0; i < types.length; i++) {
      Type type = declared.getGeneric(i).getType();
      if (declared.getGeneric(i).resolve() != null) {
        types[i] = plain.resolve(type);
      }
    }
    return types;
  }

  @Override
  public @Nullable Bean find(String definition) {
    return beans.find(definition);
  }

  @Override
  public boolean knows(String name) {
    return beans.knows(name);
  }

  @Override
  public Set<String> names() {
    return beans.names();
  }

  @Override
  public boolean isSingle() {
    return beans.isSingle();
  }

  @Override
  public Settings settings() {
    return beans.settings();
  }

  @Override
  public Writer writer() {
    return beans.writer();
  }

  /** The context closes its beans. */
  @Override
  public void close() {
    application.close();
  }
}
