package dev.hearth.signature.plain;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Target;
import java.lang.reflect.Type;

/** Binds plain functions. */
final class PlainGlue implements Glue {

  @Override
  public Binding bind(Target target) {
    if (target.method() != null) {
      Binding stream = StreamMethodBinding.find(target, target.method());
      return stream == null ? MethodBinding.of(target, target.method()) : stream;
    }
    Class<?> type = target.type();
    Kind kind = Kind.of(type);
    if (kind == Kind.BATCH) {
      return BatchBinding.of(type, target.codec());
    }
    InstanceFactory factory = InstanceFactory.of(type);
    if (kind == Kind.STREAM) {
      return new StreamBinding(factory);
    }
    Type[] arguments = Generics.of(type).arguments(kind.type);
    Codec codec = target.codec();
    Type taken = kind.input < 0 ? void.class : arguments[kind.input];
    Type given = kind.output < 0 ? void.class : arguments[kind.output];
    HeadersType headers =
        kind.headers < 0 ? null : HeadersType.of(arguments[kind.headers], target.handler());
    return new InterfaceBinding(
        new Signed(target.handler(), kind.shape, taken, given),
        kind,
        factory,
        HeadersInput.with(headers, codec.input(taken)),
        codec);
  }
}
