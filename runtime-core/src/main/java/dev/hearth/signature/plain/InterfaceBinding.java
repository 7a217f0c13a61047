package dev.hearth.signature.plain;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;

/** A class that implements one of the interfaces that take and give values. */
final class InterfaceBinding extends PlainBinding {

  private final Kind kind;
  private final InstanceFactory factory;
  private final Input input;
  private final Codec codec;

  InterfaceBinding(Signed signed, Kind kind, InstanceFactory factory, Input input, Codec codec) {
    super(signed);
    this.kind = kind;
    this.factory = factory;
    this.input = input;
    this.codec = codec;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return PlainInvokers.of(kind, factory.create(environment), input, codec);
  }
}
