package com.example.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Typed: a bean in, a bean out, as JSON. */
public class Prices implements RequestHandler<Prices.Order, Prices.Quote> {

  /** What is ordered. */
  public static class Order {
    private String item = "";
    private int quantity = 1;

    public String getItem() {
      return item;
    }

    public void setItem(String item) {
      this.item = item;
    }

    public int getQuantity() {
      return quantity;
    }

    public void setQuantity(int quantity) {
      this.quantity = quantity;
    }
  }

  /** What it costs. */
  public static class Quote {
    private final String item;
    private final long cents;

    Quote(String item, long cents) {
      this.item = item;
      this.cents = cents;
    }

    public String getItem() {
      return item;
    }

    public long getCents() {
      return cents;
    }
  }

  @Override
  public Quote handleRequest(Order order, Context context) {
    if (order.getQuantity() < 1) {
      throw new IllegalArgumentException("quantity is " + order.getQuantity());
    }
    return new Quote(order.getItem(), 250L * order.getQuantity());
  }
}
