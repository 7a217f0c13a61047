package com.example.hello;

import java.util.function.Function;

/** Greets whoever is named in the request. */
public final class Hello implements Function<String, String> {

  @Override
  public String apply(String name) {
    return "Hello, " + (name.isBlank() ? "world" : name.strip()) + "!";
  }
}
