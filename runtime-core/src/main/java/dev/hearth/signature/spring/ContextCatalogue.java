package dev.hearth.signature.spring;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ConfigurableApplicationContext;

/** The functions of an application, by its own catalogue: names, composition, conversion and routing are Spring's. */
final class ContextCatalogue implements Catalogue {

  /** Definitions are made up by callers; names are few. */
  private static final int MAX_KNOWN = 500;

  private final BootApplication application;
  private final FunctionCatalog catalog;
  private final JsonMapper json;
  private final Settings settings;
  private final Set<String> names;
  private final boolean single;
  private final ConcurrentMap<String, Bean> known = new ConcurrentHashMap<>();

  private ContextCatalogue(BootApplication application, FunctionCatalog catalog, JsonMapper json) {
    this.application = application;
    this.catalog = catalog;
    this.json = json;
    this.settings = application.settings();
    this.names = new HashSet<>(catalog.getNames(null));
    int own = names.size() - (names.contains(Definition.ROUTER) ? 1 : 0);
    this.single = own == 1;
    this.names.add(Definition.ROUTER);
  }

  static boolean isIn(ConfigurableApplicationContext context) {
    return context.getBeanNamesForType(FunctionCatalog.class).length > 0;
  }

  static Catalogue of(BootApplication application) {
    ConfigurableApplicationContext context = application.context();
    return new ContextCatalogue(
        application, context.getBean(FunctionCatalog.class), context.getBean(JsonMapper.class));
  }

  @Override
  public @Nullable Bean find(String definition) {
    Bean found = known.get(definition);
    if (found != null) {
      return found;
    }
    FunctionInvocationWrapper function = catalog.lookup(definition);
    if (function == null) {
      return null;
    }
    Bean made = new CatalogBean(function);
    if (!function.isPrototype() && known.size() < MAX_KNOWN) {
      known.putIfAbsent(definition, made);
    }
    return made;
  }

  @Override
  public boolean knows(String name) {
    // Beans that are no functions by their types, but have just one method, are known by their
    // names alone.
    return names.contains(name)
        || (!single && application.context().containsBean(name) && find(name) != null);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  @Override
  public boolean isSingle() {
    return single;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Writer writer() {
    return new OfContext(json);
  }

  /** Writes by the application's own mapper. */
  private record OfContext(JsonMapper json) implements Writer {
    @Override
    public byte[] write(@Nullable Object value) throws Exception {
      try {
        return value == null ? new byte[] {'n', 'u', 'l', 'l'} : json.toJson(value);
      } catch (RuntimeException e) {
        throw new dev.hearth.signature.spi.OutputException(
            "a result cannot be written as JSON: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    application.close();
  }
}
