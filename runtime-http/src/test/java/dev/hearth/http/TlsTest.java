package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.testing.Certificate;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections secured by TLS. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private Path cert;
  private Path key;
  private Certificate certificate;
  private Hearth hearth;
  private HttpServer server;

  @BeforeEach
  void make() throws Exception {
    cert = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
    certificate = Certificate.make(directory, "first");
    certificate.write(cert, key);
    hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    hearth.deploy("echo", FunctionSpec.builder(Functions.jar(directory)).handler("t.Echo").build());
    hearth.deploy(
        "wire", FunctionSpec.builder(directory.resolve("functions.jar")).handler("t.Wire").build());
  }

  private void serve(Http2Use use) throws IOException {
    server =
        HttpServer.builder().contract(new NativeContract(hearth)).tls(cert, key).http2(use).start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close(Duration.ofSeconds(2));
    }
    hearth.close();
  }

  private HttpResponse<String> ask(Certificate trusted, HttpClient.Version version, String path)
      throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusted.trusted())
            .version(version)
            .connectTimeout(PATIENCE)
            .build();
    return client.send(
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString("body"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void alpn_givesTheClientWhatItPrefers(HttpClient.Version version) throws Exception {
    serve(Http2Use.SECURED);

    HttpResponse<String> answer = ask(certificate, version, "/echo");

    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.body()).startsWith("POST /echo?").endsWith("body=body");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void http2TurnedOff_isNotOffered() throws Exception {
    serve(Http2Use.OFF);

    assertThat(ask(certificate, HttpClient.Version.HTTP_2, "/echo").version())
        .isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void close_isAnnouncedBeforeTheEnd() throws Exception {
    serve(Http2Use.SECURED);
    try (SSLSocket socket = socket()) {
      socket
          .getOutputStream()
          .write(RawClient.bytes("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

      // A client that reads to the end fails when the end was not announced.
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").endsWith("body=");
    }
  }

  @Test
  void answerThatFailsHalfWay_isSeenToBeCut() throws Exception {
    serve(Http2Use.SECURED);
    try (SSLSocket socket = socket()) {
      socket
          .getOutputStream()
          .write(RawClient.bytes("GET /wire HTTP/1.0\r\nHost: x\r\ndo: half\r\n\r\n"));

      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
    }
  }

  private SSLSocket socket() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            certificate.trusted().getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    socket.startHandshake();
    return socket;
  }

  @Test
  void plainRequest_isClosedAndTheServerStaysHealthy() throws Exception {
    serve(Http2Use.EVERYWHERE);
    for (String start :
        new String[] {
          "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        }) {
      try (RawClient client = RawClient.to(server.port())) {
        assertThat(client.send(start).readAll()).doesNotContain("HTTP/1.1 200");
      }
    }
    await().atMost(PATIENCE).until(() -> server.connections() == 0);
    assertThat(ask(certificate, HttpClient.Version.HTTP_2, "/echo").statusCode()).isEqualTo(200);
  }

  @Test
  void filesThatChange_areReadAgain() throws Exception {
    serve(Http2Use.SECURED);
    assertThat(ask(certificate, HttpClient.Version.HTTP_2, "/echo").statusCode()).isEqualTo(200);
    Certificate second = Certificate.make(directory, "second");

    second.write(cert, key);
    Files.setLastModifiedTime(cert, FileTime.from(Instant.now().plusSeconds(60)));

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(SSLHandshakeException.class)
        .until(() -> ask(second, HttpClient.Version.HTTP_2, "/echo").statusCode() == 200);
    Files.writeString(cert, "no certificate");
    Files.setLastModifiedTime(cert, FileTime.from(Instant.now().plusSeconds(120)));
    for (int i = 0; i < 3; i++) {
      assertThat(ask(second, HttpClient.Version.HTTP_2, "/echo").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void filesThatMakeNoSense_areRefusedByName() throws Exception {
    Files.writeString(key, "no key");
    assertThatThrownBy(() -> serve(Http2Use.SECURED))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.key")
        .hasMessageContaining("PEM");

    Files.delete(cert);
    assertThatThrownBy(() -> serve(Http2Use.SECURED)).hasMessageContaining("tls.crt");
  }

  @Test
  void drain_endsSecuredConnections() throws Exception {
    serve(Http2Use.SECURED);
    assertThat(ask(certificate, HttpClient.Version.HTTP_2, "/echo").statusCode()).isEqualTo(200);
    assertThat(ask(certificate, HttpClient.Version.HTTP_1_1, "/echo").statusCode()).isEqualTo(200);

    assertThat(server.close(Duration.ofSeconds(60))).isTrue();
  }
}
