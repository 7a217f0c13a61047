package com.example.micronaut;

import io.micronaut.function.FunctionBean;
import java.util.function.Function;

/** Fails: the caller sees a 500, the log the reason. */
@FunctionBean("refuse")
public class Refuse implements Function<String, String> {

  @Override
  public String apply(String name) {
    throw new IllegalArgumentException("we do not know " + name);
  }
}
