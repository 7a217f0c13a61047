package dev.hearth.http.contract.knative;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How calls that failed are told. Their bodies are short: a broker keeps 1024 characters of one, in Base64, with the event
 * that could not be delivered (Eventing's {@code knativeerrordata}).
 */
final class Outcomes implements OutcomeMapper {

  private static final int MOST_BYTES = 768;

  private final OutcomeAnswers answers = new OutcomeAnswers(ErrorBody.TEXT, new Nothing());

  @Override
  public @Nullable Answer answer(Ended call) {
    Answer answer = answers.answer(call);
    return answer == null || answer.body().length <= MOST_BYTES ? answer : shortened(answer);
  }

  /** The same answer with less of its body. */
  static Answer shortened(Answer answer) {
    byte[] body = answer.body();
    if (body.length <= MOST_BYTES) {
      return answer;
    }
    int end = MOST_BYTES;
    while (end > 0 && (body[end] & 0xc0) == 0x80) {
      end--; // not within a character of UTF-8
    }
    Answer shorter = Answer.bytes(answer.status(), Arrays.copyOf(body, end));
    for (Answer.Line line : answer.headers()) {
      shorter = shorter.header(line.name(), line.value());
    }
    return shorter;
  }

  /** An answer that says what is wrong with a request. */
  static Answer wrong(int status, @Nullable String message) {
    return shortened(Answer.text(status, message + "\n"));
  }

  /** What a body says as text, for logs. */
  static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8).strip();
  }

  /** Nothing returned is 204, whatever the function's shape (Quarkus Funqy's Knative binding). */
  private static final class Nothing implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return 204;
    }
  }
}
