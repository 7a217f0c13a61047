package dev.hearth.signature.google;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.cloud.functions.TypedFunction.WireFormat;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** JSON by Gson as it is by default: the format of functions that have none of their own. */
final class GsonFormat implements WireFormat {

  private final Gson gson = new Gson();

  @Override
  public void serialize(@Nullable Object object, HttpResponse response) throws IOException {
    if (object != null) {
      try (BufferedWriter out = response.getWriter()) {
        gson.toJson(object, out);
      }
    }
  }

  @Override
  public @Nullable Object deserialize(HttpRequest request, Type type) throws IOException {
    try (BufferedReader in = request.getReader()) {
      return gson.fromJson(in, type);
    }
  }
}
