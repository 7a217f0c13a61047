package dev.hearth.signature.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.hearth.signature.spi.Generics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be gone through, and is no collection, as an array; a file's path, which can as well, as text. */
final class IterableAdapters implements TypeAdapterFactory {

  @Override
  @SuppressWarnings("unchecked") // T is an Iterable here
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!Iterable.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw)) {
      return null;
    }
    TypeToken<?> list =
        TypeToken.getParameterized(List.class, Generics.argument(type.getType(), 0));
    TypeAdapter<?> reader = raw == Iterable.class ? gson.getAdapter(list) : null;
    return (TypeAdapter<T>) new Elements(gson, reader);
  }

  private static final class Elements extends TypeAdapter<Iterable<?>> {
    private final Gson gson;
    private final @Nullable TypeAdapter<?> reader;

    Elements(Gson gson, @Nullable TypeAdapter<?> reader) {
      this.gson = gson;
      this.reader = reader;
    }

    @Override
    public void write(JsonWriter out, @Nullable Iterable<?> value) throws IOException {
      if (value == null || value instanceof Path) {
        out.value(value == null ? null : value.toString());
        return;
      }
      out.beginArray();
      for (Object element : value) {
        gson.toJson(element, element == null ? Object.class : element.getClass(), out);
      }
      out.endArray();
    }

    @Override
    public @Nullable Iterable<?> read(JsonReader in) throws IOException {
      if (reader != null) {
        return (Iterable<?>) reader.read(in);
      }
      throw new UnsupportedOperationException(
          "an array cannot be read into an Iterable of another kind than List or Set");
    }
  }
}
