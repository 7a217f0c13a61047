package dev.hearth.signature.azure;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;

/** What a call gave, ready to be written. */
sealed interface Answer permits PlainAnswer, EnvelopeAnswer {

  /**
   * Writes it.
   *
   * @throws OutputException if it cannot be sent
   */
  void write(Response response, Codec codec) throws OutputException, IOException;
}
