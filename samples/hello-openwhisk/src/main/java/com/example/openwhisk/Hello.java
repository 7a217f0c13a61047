package com.example.openwhisk;

import com.google.gson.JsonObject;

/** The action of the platform's documentation, in spirit. */
public class Hello {

  public static JsonObject main(JsonObject args) {
    JsonObject result = new JsonObject();
    String name = args.has("name") ? args.get("name").getAsString() : "stranger";
    result.addProperty("greeting", "Hello, " + name + "!");
    return result;
  }

  /** Another action of the same class: {@code com.example.openwhisk.Hello#divide}; fails by zero. */
  public static JsonObject divide(JsonObject args) {
    JsonObject result = new JsonObject();
    result.addProperty("quotient", args.get("a").getAsInt() / args.get("b").getAsInt());
    return result;
  }

  /** An error that is a result. */
  public static JsonObject refuse(JsonObject args) {
    JsonObject result = new JsonObject();
    result.addProperty("error", "not today");
    return result;
  }
}
