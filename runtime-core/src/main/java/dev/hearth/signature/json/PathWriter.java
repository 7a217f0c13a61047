package dev.hearth.signature.json;

import com.google.gson.JsonIOException;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** A writer that knows where it is, and how deep it may go before something must be wrong. */
final class PathWriter extends JsonWriter {

  private static final int MAX_DEPTH = 500;
  private static final String ELEMENT = "[]";

  private final List<String> names = new ArrayList<>();

  PathWriter(Writer out) {
    super(out);
  }

  /** The property that was written last, such as {@code orders[].price}. */
  String path() {
    JsonPath path = new JsonPath();
    for (String name : names) {
      if (name.equals(ELEMENT)) {
        path.add(null, -1);
      } else if (!name.isEmpty()) {
        path.add(name, 0);
      }
    }
    return path.toString();
  }

  @Override
  public JsonWriter beginArray() throws IOException {
    enter(ELEMENT);
    return super.beginArray();
  }

  @Override
  public JsonWriter endArray() throws IOException {
    leave();
    return super.endArray();
  }

  @Override
  public JsonWriter beginObject() throws IOException {
    enter("");
    return super.beginObject();
  }

  @Override
  public JsonWriter endObject() throws IOException {
    leave();
    return super.endObject();
  }

  @Override
  public JsonWriter name(String name) throws IOException {
    names.set(names.size() - 1, name);
    return super.name(name);
  }

  private void enter(String name) {
    names.add(name);
    if (names.size() > MAX_DEPTH) {
      throw new JsonIOException("nested deeper than " + MAX_DEPTH + " levels, or holds itself");
    }
  }

  private void leave() {
    names.remove(names.size() - 1);
  }
}
