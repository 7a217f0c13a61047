package dev.hearth.signature.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON by Jackson 2: its default mapper, with the modules that are there. */
public final class Jackson2Json implements Json {

  private final ObjectMapper mapper = new ObjectMapper();

  /** Called by the host, by name. */
  public Jackson2Json() {
    for (Module module : Modules.of(Module.class)) {
      mapper.registerModule(module);
    }
  }

  @Override
  public @Nullable Object read(String text, Type type) throws InputException {
    try {
      return mapper.readValue(text, mapper.constructType(type));
    } catch (JsonProcessingException e) {
      throw Failures.input(e.getOriginalMessage(), where(e), e);
    } catch (IllegalArgumentException e) {
      throw Failures.input(e.getMessage(), null, e);
    }
  }

  @Override
  public String write(@Nullable Object value) throws OutputException {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw Failures.output(value, e.getOriginalMessage(), where(e), e);
    } catch (IllegalArgumentException e) {
      throw Failures.output(value, e.getMessage(), null, e);
    }
  }

  private static @Nullable String where(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return path(mapping.getPath());
    }
    return e.getLocation() == null
        ? null
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  private static String path(List<JsonMappingException.Reference> references) {
    JsonPath path = new JsonPath();
    for (JsonMappingException.Reference reference : references) {
      path.add(reference.getFieldName(), reference.getIndex());
    }
    return path.toString();
  }
}
