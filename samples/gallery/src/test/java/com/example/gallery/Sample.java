package com.example.gallery;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of one of the samples, and what its vendor's runtime answers.
 *
 * @param jar module and file name of the sample's jar
 * @param handler the handler as the vendor writes it
 * @param input the body
 * @param answer the body that comes back, or a part of the message of a function that fails
 * @param fails whether the function throws
 * @param contentType what the body is; null where nobody looks
 */
record Sample(
    String jar,
    String handler,
    String input,
    String answer,
    boolean fails,
    @Nullable String contentType) {

  static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("hearth.root"), "hearth.root"));

  static Sample of(String jar, String handler, String input, String answer) {
    return new Sample(jar, handler, input, answer, false, null);
  }

  static Sample failing(String jar, String handler, String input, String message) {
    return new Sample(jar, handler, input, message, true, null);
  }

  /** The same, with a body of a type that the function looks at. */
  Sample as(String type) {
    return new Sample(jar, handler, input, answer, fails, type);
  }

  Path archive() {
    return ROOT.resolve("samples").resolve(jar).resolve("target").resolve(jar + ".jar");
  }

  @Override
  public String toString() {
    return jar + " " + handler;
  }
}
