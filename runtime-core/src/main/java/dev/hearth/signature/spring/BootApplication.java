package dev.hearth.signature.spring;

import dev.hearth.function.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * A running Spring Boot application inside a function's loader.
 *
 * <p>What Boot does to the process as a whole is kept from it or undone: no shutdown hook, no web server, no reconfiguration of the JDK's
 * logging, no system properties left behind (see {@link ProcessState}).
 */
final class BootApplication implements AutoCloseable {

  private static final String CATALOGUE =
      "org.springframework.cloud.function.context.FunctionCatalog";
  private static final String LOGGING_LISTENER =
      "org.springframework.boot.context.logging.LoggingApplicationListener";
  private static final String LOGGING_SYSTEM = "springBootLoggingSystem";

  private final ConfigurableApplicationContext context;
  private final ClassLoader loader;
  private final @Nullable LoggingSystem logging; // the function's own, where it brings one

  private BootApplication(ConfigurableApplicationContext context, ClassLoader loader) {
    this.context = context;
    this.loader = loader;
    this.logging =
        context.containsBean(LOGGING_SYSTEM)
            ? context.getBean(LOGGING_SYSTEM, LoggingSystem.class)
            : null;
  }

  static BootApplication start(
      Class<?> startClass,
      Map<String, String> variables,
      Map<String, Object> forced,
      Environment hearth) {
    ClassLoader loader = startClass.getClassLoader();
    SpringApplication application = application(startClass);
    application.setResourceLoader(new DefaultResourceLoader(loader));
    application.setMainApplicationClass(startClass);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.setEnvironment(environment(variables, forced));
    application.addInitializers(new GivesEnvironment(hearth));
    if (!hasLogging(loader)) {
      application.setListeners(withoutLogging(application));
    }
    ProcessState before = ProcessState.take();
    try {
      return new BootApplication(application.run(), loader);
    } finally {
      before.restore(loader);
    }
  }

  /** Those that register their beans in code are started by Spring Cloud Function's own kind of application. */
  private static SpringApplication application(Class<?> startClass) {
    return ApplicationContextInitializer.class.isAssignableFrom(startClass)
        ? FunctionalStart.application(startClass)
        : new SpringApplication(startClass);
  }

  private static StandardEnvironment environment(
      Map<String, String> variables, Map<String, Object> forced) {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    // Boot reads names the way of variables in sources that are named like this one.
    sources.addFirst(
        new SystemEnvironmentPropertySource(
            "hearth-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            Map.copyOf(variables)));
    sources.addFirst(new MapPropertySource("hearth", forced));
    return environment;
  }

  /** Without a library of its own, Boot would reconfigure the JDK's logging, which is the process's. */
  private static boolean hasLogging(ClassLoader loader) {
    return isThere("ch.qos.logback.classic.LoggerContext", loader)
        || isThere("org.apache.logging.log4j.core.impl.Log4jContextFactory", loader);
  }

  private static boolean isThere(String className, ClassLoader loader) {
    try {
      Class.forName(className, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static List<ApplicationListener<?>> withoutLogging(SpringApplication application) {
    List<ApplicationListener<?>> listeners = new ArrayList<>();
    for (ApplicationListener<?> listener : application.getListeners()) {
      if (!listener.getClass().getName().equals(LOGGING_LISTENER)) {
        listeners.add(listener);
      }
    }
    return listeners;
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  boolean hasCatalogue() {
    return isThere(CATALOGUE, loader) && ContextCatalogue.isIn(context);
  }

  /** The application's settings, its own properties among them. */
  Settings settings() {
    return new OfEnvironment(context.getEnvironment());
  }

  private record OfEnvironment(org.springframework.core.env.Environment environment)
      implements Settings {
    @Override
    public @Nullable String get(String name) {
      String value = environment.getProperty(name);
      return value == null || value.isBlank() ? null : value.strip();
    }
  }

  /** Lets beans ask for what Hearth gives every function. */
  private record GivesEnvironment(Environment hearth)
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      context.getBeanFactory().registerSingleton("hearthEnvironment", hearth);
    }
  }

  @Override
  public void close() {
    ProcessState before = ProcessState.take();
    try {
      context.close();
      if (isThere("reactor.core.scheduler.Schedulers", loader)) {
        Reactive.stopThreads();
      }
    } finally {
      Runnable stop = logging == null ? null : logging.getShutdownHandler();
      if (stop != null) {
        stop.run();
      }
      before.restore(loader);
    }
  }
}
