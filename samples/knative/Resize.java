package com.example.knative;

import java.util.function.Function;

/** Says how wide a picture's preview is to be; the answer to an event is an event of type {@code resize.output}. */
public class Resize implements Function<Resize.Picture, Resize.Preview> {

  public record Picture(String name, int width) {}

  public record Preview(String name, int width) {}

  @Override
  public Preview apply(Picture picture) {
    return new Preview("preview-" + picture.name(), Math.min(picture.width(), 320));
  }
}
