package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** What functions print while they answer. Replaces the process's streams meanwhile. */
@Timeout(60)
final class PrintingFunctionTest {

  private static final int CALLS = 20;

  private static final String TALK =
      """
      package t;
      import dev.hearth.function.*;
      public class Talk implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          System.out.print("HTTP/1.1 200 OK\\r\\n\\r\\nbefore " + in.path());
          out.header("X-A", "b");
          out.body().write("one ".getBytes());
          System.err.println("between " + in.path());
          out.body().flush();
          System.out.println(" and half");
          out.body().write("two".getBytes());
          out.body().flush();
          System.out.print("after " + in.path());
        }
      }
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private ProcessLog log;
  private TestHost host;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    log = ProcessLog.to(out, err, ProcessLog.Format.JSON, Level.INFO);
    log.captureOutput(Printed.LOGGED);
    Path jar = TestJar.of(directory).withApi().source("t.Talk", TALK).build("talk.jar");
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).log(log).build();
    host = TestHost.serve(hearth, new NativeContract(hearth), HttpLimits.defaults());
    for (String name : List.of("left", "right")) {
      hearth.deploy(name, FunctionSpec.builder(jar).handler("t.Talk").build());
    }
  }

  @AfterEach
  void stop() {
    host.close();
    log.close();
  }

  @Test
  void B13_printingInTheMiddleOfAnAnswer_isLoggedForTheFunctionAndNeverOnTheWire()
      throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CALLS; i++) {
        for (String name : List.of("left", "right")) {
          RawClient client = host.connect();
          clients.add(client);
          client.send(
              "GET /"
                  + name
                  + "/"
                  + name
                  + i
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        }
      }
      for (RawClient client : clients) {
        String wire = client.readAll();
        assertThat(wire).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nX-A: b\r\n");
        assertThat(wire.substring(wire.indexOf("\r\n\r\n") + 4))
            .isEqualTo("4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    host.close();

    assertThat(out.size()).isZero();
    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    for (String name : List.of("left", "right")) {
      List<String> own =
          lines.stream().filter(line -> line.contains("\"function\":\"" + name + "\"")).toList();
      assertThat(own)
          .hasSize(5 * CALLS)
          .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      for (int i = 0; i < CALLS; i++) {
        String path = "/" + name + "/" + name + i;
        for (String said :
            List.of("before " + path + " and half", "between " + path, "after " + path)) {
          assertThat(own).filteredOn(line -> line.contains("\"" + said + "\"")).hasSize(1);
        }
      }
    }
  }
}
