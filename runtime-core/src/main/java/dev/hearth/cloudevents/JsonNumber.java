package dev.hearth.cloudevents;

/**
 * A number as it was written, so that no digit of it is lost.
 *
 * @param text a number of the JSON grammar
 */
public record JsonNumber(String text) {

  @Override
  public String toString() {
    return text;
  }
}
