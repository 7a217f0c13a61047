package dev.hearth.signature.json;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3: its default mapper, with the modules that are there. */
public final class Jackson3Json implements Json {

  private final JsonMapper mapper;

  /** Called by the host, by name. */
  public Jackson3Json() {
    mapper = JsonMapper.builder().addModules(Modules.of(JacksonModule.class)).build();
  }

  @Override
  public @Nullable Object read(String text, Type type) throws InputException {
    try {
      return mapper.readValue(text, mapper.constructType(type));
    } catch (JacksonException e) {
      throw Failures.input(e.getOriginalMessage(), where(e), e);
    } catch (IllegalArgumentException e) {
      throw Failures.input(e.getMessage(), null, e);
    }
  }

  @Override
  public String write(@Nullable Object value) throws OutputException {
    try {
      return mapper.writeValueAsString(value);
    } catch (JacksonException e) {
      throw Failures.output(value, e.getOriginalMessage(), where(e), e);
    } catch (IllegalArgumentException e) {
      throw Failures.output(value, e.getMessage(), null, e);
    }
  }

  private static @Nullable String where(JacksonException e) {
    if (!e.getPath().isEmpty()) {
      return path(e.getPath());
    }
    TokenStreamLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? null
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String path(List<JacksonException.Reference> references) {
    JsonPath path = new JsonPath();
    for (JacksonException.Reference reference : references) {
      path.add(reference.getPropertyName(), reference.getIndex());
    }
    return path.toString();
  }
}
