package dev.hearth.heap;

import static java.util.Objects.requireNonNull;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/** Marks an object that is watched, so that it can be found in a dump of the heap, without holding it. */
public class Mark extends PhantomReference<Object> {

  private final String mark;

  /**
   * Marks an object.
   *
   * @param mark a text that no other mark has
   * @param queue is told when the object has been collected
   */
  public Mark(Object marked, String mark, ReferenceQueue<Object> queue) {
    super(requireNonNull(marked, "marked"), requireNonNull(queue, "queue"));
    // A text of one byte for each character is stored as such, and found by them.
    this.mark = requireNonNull(mark, "mark");
  }

  /** The text. */
  public final String mark() {
    return mark;
  }
}
