package dev.hearth.signature.json;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Types of {@code java.time} as the text that they parse and print themselves: ISO 8601. */
final class TimeAdapters implements TypeAdapterFactory {

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (raw.isEnum() || !raw.getName().startsWith("java.time.")) {
      return null;
    }
    Method parse = parse(raw);
    return parse == null ? null : new Text<>(parse);
  }

  private static @Nullable Method parse(Class<?> type) {
    try {
      return ZoneId.class.isAssignableFrom(type)
          ? ZoneId.class.getMethod("of", String.class)
          : type.getMethod("parse", CharSequence.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static final class Text<T> extends TypeAdapter<T> {
    private final Method parse;

    Text(Method parse) {
      this.parse = parse;
    }

    @Override
    public void write(JsonWriter out, @Nullable T value) throws IOException {
      out.value(value == null ? null : value.toString());
    }

    @Override
    @SuppressWarnings("unchecked") // what parse gives is what the factory was asked for
    public @Nullable T read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      String text = in.nextString();
      try {
        return (T) parse.invoke(null, text);
      } catch (InvocationTargetException e) {
        throw new JsonParseException(
            "'"
                + text
                + "' at "
                + in.getPreviousPath()
                + " is no "
                + parse.getDeclaringClass().getName(),
            e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("java.time is open to everyone", e);
      }
    }
  }
}
