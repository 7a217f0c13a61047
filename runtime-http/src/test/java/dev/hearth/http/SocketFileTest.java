package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.testing.Functions;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serving on a Unix domain socket; F19. */
@Timeout(60)
final class SocketFileTest {

  @TempDir private Path directory;
  private Hearth hearth;

  @BeforeEach
  void deploy() throws IOException {
    hearth = Hearth.builder().build();
    hearth.deploy(
        "upper", FunctionSpec.builder(Functions.jar(directory)).handler("t.Upper").build());
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private HttpServer serve(Path socket) throws IOException {
    return HttpServer.builder().contract(new NativeContract(hearth)).socket(socket).start();
  }

  private static String post(Path socket, String body) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String request =
          "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
      while (client.read(answer) >= 0) {
        // until the server closes
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void socket_served_answersAndIsForEverybody() throws IOException {
    Path socket = directory.resolve("s.sock");
    try (HttpServer server = serve(socket)) {
      assertThat(post(socket, "abc")).startsWith("HTTP/1.1 200 ").endsWith("ABC");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw-rw-");
      assertThat(server.toString()).contains(socket.toString());
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(server::address);
    }
  }

  @Test
  void socket_closed_leavesNoFile() throws IOException {
    Path place = Files.createDirectory(directory.resolve("place"));

    serve(place.resolve("s.sock")).close();

    try (Stream<Path> left = Files.list(place)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void F19_socketLeftBehind_isReplaced() throws IOException {
    Path socket = directory.resolve("stale.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close(); // the JDK leaves the file
    assertThat(socket).exists();

    try (HttpServer server = serve(socket)) {
      assertThat(post(socket, "abc")).endsWith("ABC");
      assertThat(server.isDraining()).isFalse();
    }
  }

  @Test
  void F19_socketInUse_isRefusedByName() throws IOException {
    Path socket = directory.resolve("busy.sock");
    try (HttpServer first = serve(socket)) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> serve(socket))
          .withMessageContaining(socket.toString())
          .withMessageContaining("listens on it already");
      assertThat(post(socket, "abc")).endsWith("ABC");
      assertThat(first.isDraining()).isFalse();
    }
  }

  @Test
  void F19_pathOfAFile_isRefusedAndTheFileStays() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "mine");

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> serve(file))
        .withMessageContaining("file or directory of that name");
    assertThat(file).hasContent("mine");
  }

  @Test
  void F19_pathTooLong_isRefusedWithBothLengths() {
    Path socket = directory.resolve("x".repeat(120) + ".sock");

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> serve(socket))
        .withMessageContaining("107");
  }

  /** Longer than the JDK takes: it is bound under a shorter name. */
  @Test
  void F19_longestPath_isServed() throws IOException {
    int room = 107 - directory.toAbsolutePath().toString().length() - "//s1".length();
    Path deep = Files.createDirectory(directory.resolve("d".repeat(room)));
    Path socket = deep.resolve("s1");
    assertThat(socket.toAbsolutePath().toString()).hasSize(107);
    Path near = Files.createSymbolicLink(directory.resolve("near"), deep).resolve("s1");

    try (HttpServer server = serve(socket)) {
      assertThat(post(near, "abc")).endsWith("ABC");
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> serve(socket))
          .withMessageContaining("remove it");
      assertThat(server.isDraining()).isFalse();
    }
    try (Stream<Path> left = Files.list(deep)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void F19_noDirectory_isRefusedByName() {
    Path socket = directory.resolve("absent").resolve("s.sock");

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> serve(socket))
        .withMessageContaining("there is no directory");
  }

  @Test
  void close_afterSomebodyElseTookThePath_leavesTheirs() throws IOException {
    Path socket = directory.resolve("taken.sock");
    HttpServer server = serve(socket);
    Files.delete(socket);
    Files.writeString(socket, "theirs");

    server.close();

    assertThat(socket).hasContent("theirs");
  }
}
