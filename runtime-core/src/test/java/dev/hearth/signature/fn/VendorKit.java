package dev.hearth.signature.fn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import dev.hearth.function.Reply;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The vendor's own kit as a process, called over its socket as Fn's agent calls it.
 *
 * <p>Its native library for Unix sockets comes with Fn's base image and is in no registry. In its place stands a class of the same
 * name that does the same with the JDK's channels; all else is the kit's.
 */
final class VendorKit implements AutoCloseable {

  private static final String SOCKETS =
      """
      package com.fnproject.fn.runtime.ntv;
      import java.io.IOException;
      import java.net.*;
      import java.nio.ByteBuffer;
      import java.nio.channels.*;
      import java.nio.file.Path;
      import java.util.*;
      import java.util.concurrent.*;
      class UnixSocketNative {
        private static final Map<Integer, Channel> OPEN = new ConcurrentHashMap<>();
        private static int last;
        private static synchronized int keep(Channel channel) { OPEN.put(++last, channel); return last; }
        public static int socket() throws IOException {
          return keep(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        }
        public static void bind(int socket, String path) throws UnixSocketException {
          try {
            ((ServerSocketChannel) OPEN.get(socket)).bind(UnixDomainSocketAddress.of(Path.of(path)));
          } catch (IOException e) {
            throw new UnixSocketException("bind", e.toString());
          }
        }
        public static void connect(int socket, String path) { throw new UnsupportedOperationException(); }
        public static void listen(int socket, int backlog) {}
        public static int accept(int socket, long timeoutMs) throws IOException {
          return keep(((ServerSocketChannel) OPEN.get(socket)).accept());
        }
        public static int recv(int socket, byte[] buffer, int offset, int length) throws IOException {
          return ((SocketChannel) OPEN.get(socket)).read(ByteBuffer.wrap(buffer, offset, length));
        }
        public static int send(int socket, byte[] buffer, int offset, int length) throws IOException {
          return ((SocketChannel) OPEN.get(socket)).write(ByteBuffer.wrap(buffer, offset, length));
        }
        public static void close(int socket) throws UnixSocketException {
          try {
            OPEN.remove(socket).close();
          } catch (IOException e) {
            throw new UnixSocketException("close", e.toString());
          }
        }
        public static void setSendTimeout(int socket, int timeout) {}
        public static int getSendTimeout(int socket) { return 0; }
        public static void setRecvTimeout(int socket, int timeout) {}
        public static int getRecvTimeout(int socket) { return 0; }
        public static void setSendBufSize(int socket, int size) {}
        public static void setRecvBufSize(int socket, int size) {}
        public static void shutdown(int socket, boolean input, boolean output) {}
      }
      """;

  private static final List<String> LIBRARIES =
      List.of(
          "runtime-1.0.212.jar",
          "jackson-databind-2.16.1.jar",
          "jackson-core-2.16.1.jar",
          "jackson-annotations-2.16.1.jar",
          "httpcore-4.4.14.jar",
          "commons-io-2.14.0.jar",
          "typetools-0.6.3.jar");

  private final Process process;
  private final Path log;
  private final Path socket;

  private VendorKit(Process process, Path log, Path socket) {
    this.process = process;
    this.log = log;
    this.socket = socket;
  }

  /** Starts it on a function and waits until it listens. */
  static VendorKit start(Path work, Path jar, String handler, Map<String, String> variables)
      throws IOException {
    Path here = Files.createTempDirectory(work, "kit");
    Path socket = here.resolve("l.sock");
    Path log = here.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(here, jar),
                "com.fnproject.fn.runtime.EntryPoint",
                handler)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("FN_FORMAT", "http-stream");
    builder.environment().put("FN_LISTENER", "unix:" + socket);
    VendorKit kit = new VendorKit(builder.start(), log, socket);
    try {
      await().atMost(Duration.ofSeconds(60)).until(kit::isListening);
      return kit;
    } catch (RuntimeException e) {
      kit.close();
      throw e;
    }
  }

  private static String classPath(Path work, Path jar) {
    StringBuilder path = new StringBuilder();
    path.append(
        TestJar.of(work)
            .source("com.fnproject.fn.runtime.ntv.UnixSocketNative", SOCKETS)
            .compileOnly(TestHost.library(LIBRARIES.get(0)))
            .build("sockets.jar"));
    path.append(File.pathSeparator).append(jar);
    path.append(File.pathSeparator).append(FnFunctions.API);
    for (String library : LIBRARIES) {
      path.append(File.pathSeparator).append(TestHost.library(library));
    }
    return path.toString();
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the kit ended with " + process.exitValue() + ": " + log());
    }
    return Files.exists(socket);
  }

  /** What it printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Posts to {@code /call} and reads the answer, which ends with its connection. */
  Reply<byte[]> call(Map<String, List<String>> headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder("POST /call HTTP/1.1\r\nHost: localhost\r\n");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        head.append(header.getKey()).append(": ").append(value).append("\r\n");
      }
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      write(channel, head.toString().getBytes(ISO_8859_1));
      write(channel, body);
      return answer(new BufferedInputStream(Channels.newInputStream(channel)));
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private Reply<byte[]> answer(InputStream in) throws IOException {
    Reply<?> reply = Reply.status(Integer.parseInt(line(in).split(" ")[1]));
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      reply = reply.header(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return reply.body(in.readAllBytes());
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the kit hung up: " + log());
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
