package dev.hearth.signature.openwhisk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hearth.signature.spi.BoundMethod;
import org.jspecify.annotations.Nullable;

/**
 * One action: a method for objects, one of the same name for arrays, or both.
 *
 * @param name the handler, for messages
 * @param ofObject what takes an object, if there is such a method
 * @param ofArray what takes an array, if there is such a method
 */
record Action(String name, @Nullable BoundMethod ofObject, @Nullable BoundMethod ofArray) {

  /** The method for this argument, or null. */
  @Nullable BoundMethod taking(@Nullable Object argument) {
    if (argument instanceof JsonObject) {
      return ofObject;
    }
    return argument instanceof JsonArray ? ofArray : null;
  }

  /** What the action takes, for messages. */
  String taken() {
    if (ofObject == null) {
      return "a JSON array";
    }
    return ofArray == null ? "a JSON object" : "a JSON object or array";
  }

  /** What a JSON value is, for messages. */
  static String kind(@Nullable JsonElement value) {
    if (value instanceof JsonObject) {
      return "an object";
    }
    return value instanceof JsonArray ? "an array" : "neither an object nor an array";
  }
}
