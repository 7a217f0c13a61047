package dev.hearth.signature.json;

import org.jspecify.annotations.Nullable;

/** Where in a value something went wrong, as {@code orders[3].price}; cut where it gets long. */
final class JsonPath {

  private static final int MAX = 100;

  private final StringBuilder text = new StringBuilder();
  private boolean cut;

  /**
   * Goes one step down.
   *
   * @param property the property, or null for an element
   * @param index the element, where property is null; negative where it is not known which
   */
  void add(@Nullable String property, int index) {
    if (text.length() > MAX) {
      cut = true;
    } else if (property == null) {
      text.append('[').append(index < 0 ? "" : Integer.toString(index)).append(']');
    } else {
      text.append(text.length() == 0 ? "" : ".").append(property);
    }
  }

  @Override
  public String toString() {
    return cut ? text + "…" : text.toString();
  }
}
