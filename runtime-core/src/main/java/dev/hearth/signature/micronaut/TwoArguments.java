package dev.hearth.signature.micronaut;

import dev.hearth.function.Request;
import dev.hearth.signature.micronaut.BeanFunction.Argument;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes two arguments out of one JSON object, by their names. */
final class TwoArguments {

  private final Json json;

  TwoArguments(Json json) {
    this.json = json;
  }

  @Nullable Object[] read(Request request, List<Argument> arguments) throws InputException {
    Map<?, ?> members = members(request);
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      Argument argument = arguments.get(i);
      Object member = members.get(argument.name());
      if (member == null && !members.containsKey(argument.name())) {
        throw InputException.malformed("the body has no '" + argument.name() + "'", null);
      }
      values[i] = json.read(text(member), argument.type());
    }
    return values;
  }

  private Map<?, ?> members(Request request) throws InputException {
    try {
      String body = new String(request.bytes(), StandardCharsets.UTF_8);
      if (json.read(body, Map.class) instanceof Map<?, ?> members) {
        return members;
      }
      throw InputException.malformed("the body is empty; a JSON object was expected", null);
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private String text(@Nullable Object member) throws InputException {
    try {
      return json.write(member);
    } catch (OutputException e) {
      throw InputException.malformed("the body cannot be read again", e);
    }
  }
}
