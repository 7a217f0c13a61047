package dev.hearth.http.contract.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request as it reaches the fake Runtime API; there from its head on, complete later. */
final class Arrived {

  private static final byte[] END = {};

  final int connection;
  final String method;
  final String path;
  final List<String> lines;
  private final List<String> trailers = new ArrayList<>();
  private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CountDownLatch complete = new CountDownLatch(1);
  private volatile boolean truncated;

  Arrived(int connection, String method, String path, List<String> lines) {
    this.connection = connection;
    this.method = method;
    this.path = path;
    this.lines = List.copyOf(lines);
  }

  /** The one value of a header; null when it is not there. */
  @Nullable String header(String name) {
    List<String> all = headers(name);
    if (all.size() > 1) {
      throw new AssertionError(name + " is there more than once: " + lines);
    }
    return all.isEmpty() ? null : all.get(0);
  }

  List<String> headers(String name) {
    return values(lines, name);
  }

  /** A trailer, once the request is complete. */
  @Nullable String trailer(String name) throws InterruptedException {
    awaitComplete();
    List<String> all = values(trailers, name);
    return all.isEmpty() ? null : all.get(0);
  }

  private static List<String> values(List<String> lines, String name) {
    List<String> values = new ArrayList<>();
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        values.add(line.substring(prefix.length()).strip());
      }
    }
    return values;
  }

  /** The next part of a chunked body, as it was framed. */
  String part() throws InterruptedException {
    byte[] part = parts.poll(60, TimeUnit.SECONDS);
    if (part == null || part == END) {
      throw new AssertionError("no more of the body");
    }
    return new String(part, StandardCharsets.UTF_8);
  }

  int bytesSoFar() {
    return body.size();
  }

  byte[] bytes() throws InterruptedException {
    awaitComplete();
    return body.toByteArray();
  }

  String text() throws InterruptedException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  boolean isTruncated() throws InterruptedException {
    awaitComplete();
    return truncated;
  }

  private void awaitComplete() throws InterruptedException {
    if (!complete.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError(this + " did not end");
    }
  }

  // What the server does.

  void add(byte[] part) {
    body.writeBytes(part);
    parts.add(part);
  }

  void trailers(List<String> found) {
    trailers.addAll(found);
  }

  void end(boolean whole) {
    truncated = !whole;
    parts.add(END);
    complete.countDown();
  }

  /** The last segment, such as {@code next} or {@code response}. */
  String what() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
