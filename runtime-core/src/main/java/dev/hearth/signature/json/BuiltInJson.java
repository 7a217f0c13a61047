package dev.hearth.signature.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.StringWriter;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON for functions that bring no library: a private copy of Gson, of which the function sees nothing.
 * Strict about syntax; integers stay integers, nulls are written, types of {@code java.time} are ISO 8601.
 */
public final class BuiltInJson implements Json {

  private final Gson gson =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .setStrictness(Strictness.STRICT)
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .setNumberToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .registerTypeAdapterFactory(new IterableAdapters())
          .registerTypeAdapterFactory(new OptionalAdapters())
          .registerTypeAdapterFactory(new TimeAdapters())
          .create();

  /** Called by the host, by name. */
  public BuiltInJson() {}

  @Override
  public @Nullable Object read(String text, Type type) throws InputException {
    try {
      return gson.fromJson(text, type);
    } catch (RuntimeException e) { // Gson's own, and what constructors of the function throw
      throw Failures.input(GsonFailures.reason(e), null, e);
    }
  }

  @Override
  public String write(@Nullable Object value) throws OutputException {
    StringWriter text = new StringWriter();
    PathWriter writer = new PathWriter(text);
    try {
      gson.toJson(value, value == null ? Object.class : value.getClass(), writer);
    } catch (RuntimeException e) {
      throw Failures.output(value, GsonFailures.reason(e), writer.path(), e);
    }
    return text.toString();
  }
}
