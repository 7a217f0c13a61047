package shapes;

import java.time.Instant;
import java.util.function.Supplier;

/** Takes nothing, gives a record, which travels as JSON. */
public class Now implements Supplier<Now.Answer> {

  /** What it gives. */
  public record Answer(Instant now) {}

  @Override
  public Answer get() {
    return new Answer(Instant.now());
  }
}
