package dev.hearth.signature.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.cloud.function.context.FunctionalSpringApplication;

/** Applications that register their beans in code. Apart, because only some archives have the class. */
final class FunctionalStart {

  private FunctionalStart() {}

  static SpringApplication application(Class<?> startClass) {
    return new FunctionalSpringApplication(startClass);
  }
}
