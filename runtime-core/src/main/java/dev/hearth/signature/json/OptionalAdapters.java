package dev.hearth.signature.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.hearth.signature.spi.Generics;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link Optional} as what it holds, or null. */
final class OptionalAdapters implements TypeAdapterFactory {

  @Override
  @SuppressWarnings("unchecked") // T is an Optional here
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() != Optional.class) {
      return null;
    }
    TypeToken<?> present = TypeToken.get(Generics.argument(type.getType(), 0));
    return (TypeAdapter<T>) new Present<>(gson, (TypeToken<Object>) present);
  }

  private static final class Present<T> extends TypeAdapter<Optional<T>> {
    private final Gson gson;
    private final TypeAdapter<T> declared;

    Present(Gson gson, TypeToken<T> type) {
      this.gson = gson;
      this.declared = gson.getAdapter(type);
    }

    @Override
    @SuppressWarnings("NullableOptional") // Gson hands null fields to adapters
    public void write(JsonWriter out, @Nullable Optional<T> value) throws IOException {
      if (value == null || value.isEmpty()) {
        out.nullValue();
      } else {
        gson.toJson(value.get(), value.get().getClass(), out);
      }
    }

    @Override
    public Optional<T> read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.ofNullable(declared.read(in));
    }
  }
}
