package com.example.gallery;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Contract;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nuclio's processor, with one event. */
final class NuclioCaller implements Caller {

  private static final int MILLIS = 30_000;
  private static final Pattern STATUS = Pattern.compile("\"status_code\":\\s*(\\d+)");

  @Override
  public Got call(Hearth hearth, FunctionHandle function, Row row) throws Exception {
    try (ServerSocket processor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      processor.setSoTimeout(MILLIS);
      Map<String, String> variables =
          Map.of(
              "HEARTH_HOST", "127.0.0.1", "HEARTH_PORT", String.valueOf(processor.getLocalPort()));
      try (Contract contract = Contracts.create("nuclio", hearth, variables)) {
        contract.open();
        try (Socket worker = processor.accept()) {
          worker.setSoTimeout(MILLIS);
          worker.getOutputStream().write((event(row) + "\n").getBytes(StandardCharsets.UTF_8));
          Got got = answer(worker);
          contract.drain(Duration.ofSeconds(5));
          return got;
        }
      }
    }
  }

  private static String event(Row row) {
    byte[] body = row.body().getBytes(StandardCharsets.UTF_8);
    String fields = row.query().isEmpty() ? "" : "\"" + row.query().replace("=", "\":\"") + "\"";
    return "{\"id\":\"1\",\"method\":\"POST\",\"path\":\"/\",\"url\":\"http://localhost/\",\"timestamp\":1,"
        + "\"size\":"
        + body.length
        + ",\"trigger\":{\"kind\":\"http\",\"name\":\"http\"},\"fields\":{"
        + fields
        + "},\"content_type\":\""
        + row.contentType()
        + "\",\"headers\":{\"Content-Type\":\""
        + row.contentType()
        + "\"},\"body\":\""
        + Base64.getEncoder().encodeToString(body)
        + "\"}";
  }

  /** The line that answers; those before it are logged, or measured. */
  private static Got answer(Socket worker) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("r")) {
        Matcher status = STATUS.matcher(line);
        return new Got(!status.find() || status.group(1).startsWith("2"), line);
      }
    }
    return new Got(false, "the worker left without an answer");
  }
}
