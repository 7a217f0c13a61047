package dev.hearth.signature.fn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fnproject.fn.api.RuntimeContext;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson 2, as Fn's kit binds it: by the mapper that is the runtime's attribute of a documented name, else by a default one that
 * becomes that attribute. Thread-safe.
 */
final class JacksonDocuments implements JsonBinding.Documents {

  private static final String MAPPER =
      "com.fnproject.fn.runtime.coercion.jackson.JacksonCoercion.om";

  private JacksonDocuments() {}

  /**
   * For functions that have Jackson.
   *
   * @throws LinkageError if this one has not
   */
  static JacksonDocuments create() {
    newMapper();
    return new JacksonDocuments();
  }

  /** Buffers kept by the host's threads would hold the function's loader after it is retired. */
  @SuppressWarnings("deprecation") // what every version in the field has
  private static ObjectMapper newMapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.getFactory().disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING);
    return mapper;
  }

  private static ObjectMapper mapper(RuntimeContext runtime) {
    ObjectMapper chosen = runtime.getAttribute(MAPPER, ObjectMapper.class).orElse(null);
    if (chosen == null) {
      chosen = newMapper();
      runtime.setAttribute(MAPPER, chosen);
    }
    return chosen;
  }

  @Override
  public @Nullable Object read(RuntimeContext runtime, byte[] document, Type type) {
    ObjectMapper mapper = mapper(runtime);
    try {
      return mapper.readValue(document, mapper.constructType(type));
    } catch (JsonProcessingException e) {
      throw new BodyException(
          "the body cannot be made into "
              + type.getTypeName()
              + ": "
              + e.getOriginalMessage()
              + place(e),
          e);
    } catch (IOException e) {
      throw new BodyException(
          String.valueOf(e.getMessage()), e); // bytes in memory do not break off
    }
  }

  @Override
  public byte[] write(RuntimeContext runtime, @Nullable Object value) {
    try {
      return mapper(runtime).writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage() + place(e), e);
    }
  }

  private static String place(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return " at " + mapping.getPathReference();
    }
    return e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
