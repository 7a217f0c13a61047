package dev.hearth.signature.aws;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonFactory;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.hearth.signature.spi.BindingException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The serialisers of one instance, chosen as Lambda does: the function's own; else, by type, the vendor's for its events; else
 * Jackson, or Gson for calls from Android. Thread-safe.
 */
final class Serializers {

  static {
    keepNoBuffers();
  }

  private final ClassLoader function;
  private final Entry entry;
  private final @Nullable CustomPojoSerializer custom;
  private final Pair usual;
  private volatile @Nullable Pair android; // made at the first call that needs it

  /** What reads events and what writes results; null where there is nothing to read or write. */
  record Pair(@Nullable PojoSerializer<Object> input, @Nullable PojoSerializer<Object> output) {}

  /**
   * @throws BindingException if the function brings more than one serialiser
   */
  Serializers(ClassLoader function, Entry entry) {
    this.function = function;
    this.entry = entry;
    this.custom = findCustom(function);
    this.usual = pair(false);
  }

  private static @Nullable CustomPojoSerializer findCustom(ClassLoader function) {
    Iterator<CustomPojoSerializer> found =
        ServiceLoader.load(CustomPojoSerializer.class, function).iterator();
    if (!found.hasNext()) {
      return null;
    }
    CustomPojoSerializer first = found.next();
    if (found.hasNext()) {
      throw new BindingException(
          "Too many serializers provided inside the META-INF/services folder, only one is allowed: leave one line"
              + " in META-INF/services/"
              + CustomPojoSerializer.class.getName());
    }
    return first;
  }

  /** Buffers kept by the host's threads would hold the function's loader after it is retired. */
  @SuppressWarnings("deprecation") // the vendor's release of the library has no other way
  private static void keepNoBuffers() {
    JacksonFactory.getInstance()
        .getMapper()
        .getFactory()
        .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING);
  }

  /** Those for a call. */
  Pair forCall(boolean fromAndroid) {
    if (!fromAndroid) {
      return usual;
    }
    Pair known = android;
    if (known == null) {
      known = pair(true);
      android = known;
    }
    return known;
  }

  private Pair pair(boolean forAndroid) {
    Type input = entry.input();
    Type output = entry.given();
    return new Pair(
        input == null ? null : serializer(input, forAndroid),
        output == null ? null : serializer(output, forAndroid));
  }

  private PojoSerializer<Object> serializer(Type type, boolean forAndroid) {
    if (custom != null) {
      return new Custom(custom, type);
    }
    if (type instanceof Class<?> known
        && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
      return ofEvent(known);
    }
    return forAndroid
        ? GsonFactory.getInstance().getSerializer(type)
        : JacksonFactory.getInstance().getSerializer(type);
  }

  @SuppressWarnings("unchecked") // it reads and writes this type alone, which is all it is used for
  private PojoSerializer<Object> ofEvent(Class<?> type) {
    return (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(type, function);
  }

  /** The function's own, for one type. */
  private record Custom(CustomPojoSerializer serializer, Type type)
      implements PojoSerializer<Object> {

    @Override
    public Object fromJson(InputStream in) {
      return serializer.fromJson(in, type);
    }

    @Override
    public Object fromJson(String text) {
      return serializer.fromJson(text, type);
    }

    @Override
    public void toJson(Object value, OutputStream out) {
      serializer.toJson(value, out, type);
    }
  }
}
