package dev.hearth.function;

import java.util.List;

/**
 * A function of many items at once. A call brings a batch: a JSON array, lines of JSON ({@code application/x-ndjson}), or a
 * single value, which is a batch of one; the answer has the same form. One instance serves many calls at once.
 *
 * @param <I> what an item is bound to
 * @param <O> what an item's result is
 */
@FunctionalInterface
public interface BatchFunction<I, O> {

  /**
   * Handles a batch.
   *
   * @param items in the order sent; unmodifiable, possibly empty
   * @return a result for each item, in their order; null in the place of an item that has none
   * @throws Exception anything; the whole call has then failed
   */
  List<O> apply(List<I> items, Context context) throws Exception;
}
