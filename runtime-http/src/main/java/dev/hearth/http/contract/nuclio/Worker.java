package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.FunctionHandle;
import dev.hearth.invoke.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the connection and answers them, one line at a time and in their order: the log lines of an event, then its metric,
 * then its answer. Everything that is sent is sent by its one thread.
 */
final class Worker implements Runnable {

  private static final int TOO_LONG = 413;
  private static final int FAILED = 500;
  private static final int EXIT_OK = 0;
  private static final int EXIT_FAILED = 1;
  private static final double NANOS = 1e9;

  private final NuclioContract contract;
  private final NuclioSettings settings;
  private final FunctionHandle function;
  private final Connection connection;
  private final LogLines logged;
  private boolean answered; // the line that was read last; its own thread only

  Worker(
      NuclioContract contract,
      NuclioSettings settings,
      FunctionHandle function,
      Connection connection) {
    this.contract = contract;
    this.settings = settings;
    this.function = function;
    this.connection = connection;
    this.logged =
        new LogLines(settings.worker(), settings.librariesLevel(), new WakeUp(connection));
  }

  /** A class, because a lambda costs more before the first answer. */
  private record WakeUp(Connection connection) implements Runnable {
    @Override
    public void run() {
      connection.wakeUp();
    }
  }

  @Override
  public void run() {
    logged.takenBy(Thread.currentThread());
    int exitCode = EXIT_OK;
    @Nullable String why = "the processor has closed the connection";
    try {
      while (connection.next(logged)) {
        answer();
      }
    } catch (StoppedException e) {
      why = null;
    } catch (IOException e) {
      why = "the processor is gone: " + e.getMessage();
    } catch (RuntimeException | Error e) {
      NuclioContract.log().error("the worker ends", e);
      exitCode = EXIT_FAILED;
      why = "the worker failed: " + e;
    } finally {
      logged.close();
      connection.close();
      contract.ended(exitCode, why);
    }
  }

  /** Answers the line, once; one that memory does not suffice for is refused. */
  private void answer() throws IOException {
    answered = false;
    try {
      answerLine();
    } catch (OutOfMemoryError e) {
      if (answered) {
        throw e;
      }
      refuse(FAILED, "there is no memory for the event or its answer");
    }
  }

  private void answerLine() throws IOException {
    String skipped = connection.skipped();
    if (skipped != null) {
      refuse(TOO_LONG, skipped);
      return;
    }
    if (isBlank(connection.line(), connection.length())) {
      return;
    }
    EventReader reader = new EventReader(connection.line(), connection.length(), settings.worker());
    List<Event> events;
    try {
      events = reader.read();
    } catch (EventException e) {
      refuse(FAILED, String.valueOf(e.getMessage()));
      return;
    }
    answer(events, reader.isBatch());
  }

  private static boolean isBlank(byte[] line, int length) {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void refuse(int status, String reason) throws IOException {
    NuclioContract.log().warn("an event is refused: {}", reason);
    Lines out = new Lines();
    try (JsonGenerator json = out.begin('r')) {
      EventAnswer.text(status, reason).write(json, null);
    }
    send(out);
  }

  private void answer(List<Event> events, boolean batch) throws IOException {
    long begin = System.nanoTime();
    List<EventAnswer> answers = new ArrayList<>(events.size());
    for (Event event : events) {
      answers.add(call(event));
    }
    double seconds = Math.max(1, System.nanoTime() - begin) / NANOS;
    connection.send(logged);
    Lines out = new Lines();
    try (JsonGenerator json = out.begin('m')) {
      json.writeStartObject();
      json.writeNumberField("duration", seconds);
      json.writeEndObject();
    }
    try (JsonGenerator json = out.begin('r')) {
      if (batch) {
        json.writeStartArray();
      }
      for (int i = 0; i < answers.size(); i++) {
        answers.get(i).write(json, events.get(i).id());
      }
      if (batch) {
        json.writeEndArray();
      }
    }
    send(out);
  }

  private void send(Lines out) throws IOException {
    answered = true;
    out.send(connection);
  }

  private EventAnswer call(Event event) throws IOException {
    EventCall call = new EventCall(event, settings.lineBytes(), logged, connection);
    Invocation invocation;
    try {
      invocation = function.dispatch(call);
    } catch (IllegalStateException e) {
      return Answers.gone(function);
    }
    String why = "the processor is gone";
    try {
      connection.await(call, logged);
    } catch (StoppedException e) {
      why = "the host is stopping";
      throw e;
    } finally {
      if (!call.isEnded()) {
        invocation.cancel(why);
      }
    }
    return Answers.of(function, call, invocation);
  }

  /** Lines that are sent together. */
  private static final class Lines extends ByteArrayOutputStream {

    Lines() {
      super(512);
    }

    /** Begins a line of this kind behind the last one. */
    JsonGenerator begin(char kind) throws IOException {
      if (count > 0) {
        write('\n');
      }
      write(kind);
      return Json.FACTORY.createGenerator(this);
    }

    void send(Connection connection) throws IOException {
      write('\n');
      connection.write(buf, count);
    }
  }
}
