package dev.hearth.signature.json;

import com.google.gson.Gson;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** JSON by the function's Gson, as Gson is by default. */
public final class GsonJson implements Json {

  private final Gson gson = new Gson();

  /** Called by the host, by name. */
  public GsonJson() {}

  @Override
  public @Nullable Object read(String text, Type type) throws InputException {
    try {
      return gson.fromJson(text, type);
    } catch (
        RuntimeException
            e) { // Gson's own, and what constructors and adapters of the function throw
      throw Failures.input(GsonFailures.reason(e), null, e);
    }
  }

  @Override
  public String write(@Nullable Object value) throws OutputException {
    try {
      return gson.toJson(value);
    } catch (RuntimeException e) {
      throw Failures.output(value, GsonFailures.reason(e), null, e);
    }
  }
}
