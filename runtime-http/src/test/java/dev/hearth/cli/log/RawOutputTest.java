package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.function.Environment;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Streams;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.ValueCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** What functions print, where the platform wants it as it is. Replaces the process's streams meanwhile. */
@Timeout(60)
final class RawOutputTest {

  private static final String MARK = "--- end ---";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private ProcessLog log;
  private Streams streams;

  @BeforeEach
  void capture() {
    log = ProcessLog.to(out, err, ProcessLog.Format.JSON, Level.INFO);
    log.captureOutput(Printed.RAW);
    streams = log.streams();
  }

  @AfterEach
  void giveBack() {
    log.close();
    assertThat(System.out).isSameAs(outBefore);
    assertThat(System.err).isSameAs(errBefore);
  }

  @Test
  void lines_goAsTheyAreToTheStreamTheyWerePrintedTo() {
    System.out.println("one \"two\" ❄\r");
    System.err.println("three");
    System.out.writeBytes(new byte[] {(byte) 0xFF, '\n'});

    assertThat(out.toByteArray())
        .startsWith("one \"two\" ❄\r\n".getBytes(StandardCharsets.UTF_8))
        .endsWith((byte) 0xFF, (byte) '\n');
    assertThat(err()).isEqualTo("three\n");
  }

  @Test
  void unfinishedLine_isEndedWithItsCall() {
    Invocation call = invocation();
    call.enter();
    System.out.print("half");
    call.leave(null);
    streams.mark(MARK);

    assertThat(out()).isEqualTo("half\n" + MARK + "\n");
    assertThat(err()).isEqualTo(MARK + "\n");
  }

  @Test
  void tap_whatACallPrints_isToldAsItIsWritten() {
    StringBuilder told = new StringBuilder();
    assertThat(
            streams.tap(
                (id, text, length, ended) ->
                    told.append(new String(text, 0, length, StandardCharsets.UTF_8))
                        .append(ended ? "|" : "+")))
        .isTrue();
    Invocation call = invocation();

    System.out.println("nobody's");
    call.enter();
    System.out.println("one");
    System.err.print("x".repeat(LineBuffer.MAX_LINE + 1));
    call.leave(null);

    assertThat(told.toString()).isEqualTo("one|" + "x".repeat(LineBuffer.MAX_LINE) + "+" + "x|");
    assertThat(Streams.ofSystem().tap((id, text, length, ended) -> {})).isFalse();
  }

  @Test
  void mark_unfinishedLineOutsideOfACall_isEndedBeforeIt() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    CountDownLatch printed = new CountDownLatch(1);
    other.execute(
        () -> {
          System.err.print("from a thread");
          printed.countDown();
        });
    assertThat(printed.await(30, TimeUnit.SECONDS)).isTrue();

    streams.mark(MARK);
    other.submit(() -> System.err.println(" of its own")).get(30, TimeUnit.SECONDS);
    other.shutdown();

    assertThat(err()).isEqualTo("from a thread\n" + MARK + "\n of its own\n");
  }

  @Test
  void mark_lineOfACallUnderWay_isLeftAlone() throws Exception {
    Invocation call = invocation();
    ExecutorService other = Executors.newSingleThreadExecutor();
    other
        .submit(
            () -> {
              call.enter();
              System.out.print("still ");
            })
        .get(30, TimeUnit.SECONDS);

    streams.mark(MARK);
    other
        .submit(
            () -> {
              System.out.println("working");
              call.leave(null);
            })
        .get(30, TimeUnit.SECONDS);
    other.shutdown();

    assertThat(out()).isEqualTo(MARK + "\nstill working\n");
  }

  @Test
  void longLine_isWrittenWhole() {
    String line = "x".repeat(3 * LineBuffer.MAX_LINE + 7);

    System.out.println(line);
    System.out.println("next");

    assertThat(out()).isEqualTo(line + "\nnext\n");
  }

  @Test
  void longUnfinishedLine_isEndedBeforeTheMark() {
    String line = "x".repeat(2 * LineBuffer.MAX_LINE);
    Invocation call = invocation();
    call.enter();
    System.out.print(line);
    call.leave(null);

    streams.mark(MARK);

    assertThat(out()).isEqualTo(line + "\n" + MARK + "\n");
  }

  @Test
  void hostsLog_staysOnStandardError() {
    new LineLogger("host", log.sink(), log.threshold()).info("serving");
    streams.out("access");
    streams.err("two\nlines");

    assertThat(err()).contains("\"message\":\"serving\"").endsWith("}\ntwo\nlines\n");
    assertThat(out()).isEqualTo("access\n");
  }

  @Test
  void logged_streamsAreTheProcesssAllTheSame() {
    log.close();
    log.captureOutput(Printed.LOGGED);

    System.out.println("by a function");
    log.streams().out("by the contract");

    assertThat(err()).contains("\"message\":\"by a function\"");
    assertThat(out()).isEqualTo("by the contract\n");
  }

  @Test
  void rawToError_leavesStandardOutputToTheContract() {
    log.close();
    log.captureOutput(Printed.RAW_TO_ERROR);

    System.out.println("out");
    System.err.println("err");
    log.streams().mark(MARK);

    assertThat(err()).isEqualTo("out\nerr\n" + MARK + "\n");
    assertThat(out()).isEqualTo(MARK + "\n");
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Invocation invocation() {
    return new Invocation(
        new ValueCall(null, null), new TestEnvironment(), Limits.of(null, null, null));
  }

  private static final class TestEnvironment implements Environment {
    @Override
    public String function() {
      return "f";
    }

    @Override
    public String version() {
      return "v1";
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }
  }
}
