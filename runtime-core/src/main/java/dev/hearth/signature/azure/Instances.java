package dev.hearth.signature.azure;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.hearth.function.Environment;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.InstanceFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the object comes from that a call's method runs on. Thread-safe. */
sealed interface Instances {

  /**
   * The object for one call.
   *
   * @return null for static methods
   * @throws Throwable what its constructor or injector threw
   */
  @Nullable Object forCall() throws Throwable;

  /** What has hooks besides {@code init} and {@code close}: objects of one call live too short for them. */
  default List<Lifecycle> hooks() {
    return List.of();
  }

  /**
   * Ends what the host has made for more than one call.
   *
   * @throws Exception what its close hook threw
   */
  default void close() throws Exception {}

  /** How a function wants it: the variable {@code HEARTH_AZURE_INSTANCES} says {@code call} or {@code warm}. */
  record Kind(@Nullable InstanceFactory factory, boolean isWarm) {

    private static final String VARIABLE = "HEARTH_AZURE_INSTANCES";

    /**
     * Decides; runs nothing.
     *
     * @throws BindingException if the class cannot be instantiated, or the variable says something else
     */
    static Kind of(Class<?> type, boolean isStatic, Map<String, String> variables) {
      String said = variables.getOrDefault(VARIABLE, "call");
      boolean isWarm = said.equals("warm");
      if (!isWarm && !said.equals("call")) {
        throw new BindingException(
            "handler class "
                + type.getName()
                + ": "
                + VARIABLE
                + " is '"
                + said
                + "'; it must be call or warm");
      }
      boolean isMade = !isStatic && !Extensions.hasInjector(type.getClassLoader());
      return new Kind(isMade ? InstanceFactory.of(type) : null, isWarm);
    }

    /** Where calls get their objects; a warm one is made at once. */
    Instances open(Class<?> type, boolean isStatic, Extensions extensions, Environment environment)
        throws Throwable {
      FunctionInstanceInjector injector = extensions.injector();
      if (isStatic) {
        return new None();
      }
      if (injector != null) {
        return new Injected(injector, type);
      }
      if (factory == null) {
        throw new BindingException(
            "handler class "
                + type.getName()
                + ": the archive's service file names no FunctionInstanceInjector; name one or remove the file");
      }
      return isWarm ? new Warm(factory.create(environment)) : new PerCall(factory, environment);
    }
  }

  /** None is needed. */
  record None() implements Instances {
    @Override
    public @Nullable Object forCall() {
      return null;
    }
  }

  /** A new one each time, as on Azure. */
  record PerCall(InstanceFactory factory, Environment environment) implements Instances {
    @Override
    public Object forCall() throws Throwable {
      return factory.create(environment);
    }
  }

  /** The same one each time. */
  record Warm(Object handler) implements Instances {
    @Override
    public Object forCall() {
      return handler;
    }

    @Override
    public List<Lifecycle> hooks() {
      return InstanceFactory.hooks(handler);
    }

    @Override
    public void close() throws Exception {
      InstanceFactory.close(handler);
    }
  }

  /** Whatever the archive's own injector gives. */
  record Injected(FunctionInstanceInjector injector, Class<?> type) implements Instances {
    @Override
    public @Nullable Object forCall() throws Exception {
      Object instance = injector.getInstance(type);
      if (instance == null) {
        throw new IllegalStateException(
            injector.getClass().getName() + " gave no instance of " + type.getName());
      }
      return instance;
    }
  }
}
