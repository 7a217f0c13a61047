package com.example.micronaut;

import dev.hearth.function.Environment;
import io.micronaut.function.FunctionBean;
import java.util.function.Supplier;

/** Looks at what Hearth tells every function; takes nothing, so it is got rather than posted to. */
@FunctionBean("who-am-i")
public class WhoAmI implements Supplier<String> {

  private final Environment environment;

  public WhoAmI(Environment environment) {
    this.environment = environment;
  }

  @Override
  public String get() {
    return environment.function()
        + " of "
        + environment.variables().getOrDefault("OWNER", "nobody");
  }
}
