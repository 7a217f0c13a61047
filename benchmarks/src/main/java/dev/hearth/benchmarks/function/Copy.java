package dev.hearth.benchmarks.function;

import java.io.InputStream;
import java.util.function.Function;

/** Sends back the body it is sent, as it comes in, whatever its size. */
public final class Copy implements Function<InputStream, InputStream> {

  @Override
  public InputStream apply(InputStream body) {
    return body;
  }
}
