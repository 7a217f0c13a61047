package dev.hearth.signature.fn;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.Shape;

/** One function. */
final class FnBinding implements Binding, FailureFormat {

  private final Entry entry;
  private final JsonBinding json;
  private final boolean lazy;

  /**
   * @param json the version's own JSON library
   * @param lazy whether nothing of the function runs before its first call, as in Fn's kit
   */
  FnBinding(Entry entry, Json json, boolean lazy) {
    this.entry = entry;
    this.json = new JsonBinding(json);
    this.lazy = lazy;
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  /** Fn's agent sends a container its next call when the last one is answered. */
  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    FnInvoker invoker = new FnInvoker(entry, Settings.of(environment), json);
    if (!lazy) {
      invoker.open();
    }
    return invoker;
  }

  /** Fn's kit answers a failed call with nothing. */
  @Override
  public byte[] document(Throwable failure) {
    return new byte[0];
  }

  @Override
  public String text(Throwable failure) {
    return Failures.text(failure);
  }
}
