package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The function that calls others by what a message says (Spring Cloud Function's reference, section on routing): its header {@code
 * spring.cloud.function.definition}, then its header {@code spring.cloud.function.routing-expression}, then the settings of these names.
 */
final class Router implements Bean {

  private static final String DEFINITION = Settings.PREFIX + "definition";
  private static final String EXPRESSION = Settings.PREFIX + "routing-expression";

  private final Catalogue catalogue;

  Router(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String definition() {
    return Definition.ROUTER;
  }

  @Override
  public Kind kind() {
    return Kind.FUNCTION;
  }

  @Override
  public @Nullable Object call(Envelope message, boolean asStream) throws Throwable {
    String name = target(message);
    if (name == null || name.isBlank() || name.equals(Definition.ROUTER)) {
      throw InputException.of(
          500,
          "there is nowhere to route to; send the header "
              + DEFINITION
              + ", or set it or "
              + EXPRESSION);
    }
    Bean bean = find(name);
    if (bean == null) {
      throw InputException.of(500, "there is no function '" + name + "' to route to");
    }
    return bean.call(message, asStream);
  }

  private @Nullable Bean find(String name) throws InputException {
    for (String part : Definition.composed(name)) {
      if (!catalogue.knows(part)) {
        return null; // names are meant here, even where there is just one function
      }
    }
    try {
      return catalogue.find(name);
    } catch (IllegalArgumentException e) {
      throw InputException.of(500, "'" + name + "' cannot be composed: " + e.getMessage());
    }
  }

  private @Nullable String target(Envelope message) throws InputException {
    String definition = message.header(DEFINITION);
    if (definition != null) {
      return definition;
    }
    String expression = message.header(EXPRESSION);
    if (expression != null) {
      return RoutingExpression.parse(expression).value(message);
    }
    String set = catalogue.settings().get(DEFINITION);
    if (set != null && !set.equals(Definition.ROUTER) && set.indexOf(';') < 0) {
      return set;
    }
    String setExpression = catalogue.settings().get(EXPRESSION);
    return setExpression == null ? null : RoutingExpression.parse(setExpression).value(message);
  }
}
