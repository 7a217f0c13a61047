package dev.hearth.signature.spring;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Paths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bean that a request means, by the rules of Spring Cloud Function's web endpoints (its reference, section on standalone web
 * applications): the shortest beginning of the path that names one wins, the rest is its argument.
 */
final class Selector {

  private static final String ALLOWED = "GET, POST, PUT, DELETE";
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

  private final Catalogue catalogue;
  private final String root;
  private final @Nullable String definition;
  private final @Nullable List<String> exported; // null for all

  Selector(Catalogue catalogue) {
    this.catalogue = catalogue;
    Settings settings = catalogue.settings();
    String path = settings.get(Settings.PREFIX + "web.path");
    this.root = path == null ? "" : path;
    String chosen = settings.get(Settings.PREFIX + "definition");
    boolean several = chosen != null && chosen.indexOf(';') >= 0;
    this.definition = several ? null : chosen;
    this.exported = several && chosen != null ? Definition.choices(chosen) : null;
  }

  /**
   * What a request means.
   *
   * @param bean what is called
   * @param argument the rest of the path; null where there is none
   */
  record Chosen(Bean bean, @Nullable String argument) {}

  Chosen choose(Exchange exchange) throws InputException {
    Request request = exchange.request();
    if (!METHODS.contains(request.method())) {
      throw InputException.methodNotAllowed(
          "method " + request.method() + " is not allowed; use one of " + ALLOWED, ALLOWED);
    }
    List<String> paths = Paths.of(exchange, root);
    for (String path : paths) {
      Chosen named = named(path, request.method());
      if (named != null) {
        return allowed(named, request.method());
      }
    }
    Chosen meant = paths.isEmpty() || exported != null ? null : meant(paths, exchange);
    if (meant == null) {
      throw InputException.of(404, "no function of this path; there are " + catalogue.names());
    }
    return allowed(meant, request.method());
  }

  private @Nullable Chosen named(String path, String method) throws InputException {
    if (method.equals("GET") && isNamed(path)) {
      Bean supplier = find(path);
      if (supplier != null && supplier.kind() == Bean.Kind.SUPPLIER) {
        return new Chosen(supplier, null);
      }
    }
    for (int end = end(path, 0); end > 0; end = end < path.length() ? end(path, end + 1) : -1) {
      String name = path.substring(0, end);
      Bean found = isNamed(name) ? find(name) : null;
      if (found != null) {
        return new Chosen(found, end < path.length() ? path.substring(end + 1) : null);
      }
    }
    return null;
  }

  private static int end(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private boolean isNamed(String definition) {
    if (exported != null && !exported.contains(definition)) {
      return false;
    }
    List<String> parts = Definition.composed(definition);
    for (String part : parts) {
      if (!catalogue.knows(part)) {
        return false;
      }
    }
    return !parts.isEmpty();
  }

  private @Nullable Bean find(String name) throws InputException {
    try {
      return catalogue.find(name);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw InputException.of(500, "'" + name + "' cannot be composed: " + e.getMessage());
    }
  }

  /** The bean where the path names none: the one that was chosen, else the only one, which any single name means. */
  private @Nullable Chosen meant(List<String> paths, Exchange exchange) throws InputException {
    String path = paths.get(0);
    Bean bean = null;
    if (definition != null) {
      bean = find(definition);
    } else if (catalogue.isSingle() && Definition.composed(first(path)).size() <= 1) {
      bean = find("");
    }
    if (bean == null) {
      return null;
    }
    boolean argument = definition == null || !exchange.basePath().isEmpty();
    int slash = path.indexOf('/');
    return new Chosen(bean, argument && slash >= 0 ? path.substring(slash + 1) : null);
  }

  private static String first(String path) {
    return path.substring(0, end(path, 0));
  }

  private Chosen allowed(Chosen chosen, String method) throws InputException {
    Bean bean = chosen.bean();
    String only = catalogue.settings().get(Settings.PREFIX + "http." + method);
    if (only != null && !Definition.choices(only).contains(bean.definition())) {
      throw InputException.of(
          500, "'" + bean.definition() + "' is not among the functions set for " + method);
    }
    if (method.equals("POST") && bean.kind() == Bean.Kind.SUPPLIER) {
      throw InputException.of(500, "'" + bean.definition() + "' takes nothing; use GET");
    }
    if (method.equals("DELETE") && bean.kind() != Bean.Kind.CONSUMER) {
      throw InputException.of(500, "'" + bean.definition() + "' gives something; use POST");
    }
    return chosen;
  }
}
