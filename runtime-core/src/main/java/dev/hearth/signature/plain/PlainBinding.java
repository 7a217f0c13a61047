package dev.hearth.signature.plain;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Shape;

/** A binding of which enough is known to compose it with others. */
abstract class PlainBinding implements Binding {

  final Signed signed;

  PlainBinding(Signed signed) {
    this.signed = signed;
  }

  @Override
  public final Shape shape() {
    return signed.shape();
  }
}
