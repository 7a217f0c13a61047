package dev.hearth.http.contract;

/** A header's value that is not known before the head of the answer goes out. */
@FunctionalInterface
public interface LateValue {

  /** The value. Asked for once, on any thread; must neither block nor throw. */
  String value();
}
