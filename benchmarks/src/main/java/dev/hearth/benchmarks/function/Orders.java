package dev.hearth.benchmarks.function;

import java.util.List;
import java.util.function.Function;

/** A function of records, which travel as JSON by the library that its jar brings. */
public final class Orders implements Function<Orders.Order, Orders.Receipt> {

  /**
   * One line of an order.
   *
   * @param article what
   * @param count how many
   * @param cents for one
   */
  public record Item(String article, int count, long cents) {}

  /**
   * What is ordered.
   *
   * @param customer by whom
   * @param items lines
   */
  public record Order(String customer, List<Item> items) {}

  /**
   * What it comes to.
   *
   * @param customer for whom
   * @param count articles in all
   * @param cents for all
   */
  public record Receipt(String customer, int count, long cents) {}

  @Override
  public Receipt apply(Order order) {
    int count = 0;
    long cents = 0;
    for (Item item : order.items()) {
      count += item.count();
      cents += item.count() * item.cents();
    }
    return new Receipt(order.customer(), count, cents);
  }
}
