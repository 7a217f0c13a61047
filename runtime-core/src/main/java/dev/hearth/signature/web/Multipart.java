package dev.hearth.signature.web;

import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@code multipart/form-data} body taken apart (RFC 7578). The content of its parts is not copied. */
public final class Multipart {

  /** The media type of such a body. */
  public static final String MEDIA_TYPE = "multipart/form-data";

  private static final byte[] LINE_END = {'\r', '\n'};

  private final byte[] body;
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Takes a body apart.
   *
   * @param contentType the request's; tells the boundary
   * @return the parts in their order
   * @throws InputException if the body is no form
   */
  public static List<Part> parse(String contentType, byte[] body) throws InputException {
    String boundary = HeaderParameters.get(contentType, "boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw malformed("Content-Type '" + contentType + "' names no boundary");
    }
    Multipart form = new Multipart(body, boundary);
    form.parse();
    return List.copyOf(form.parts);
  }

  private void parse() throws InputException {
    skipPreamble();
    while (!takes((byte) '-', (byte) '-')) {
      skipPadding();
      part();
    }
  }

  /** The first delimiter need not follow a line. */
  private void skipPreamble() throws InputException {
    int length = delimiter.length - LINE_END.length;
    if (matches(delimiter, LINE_END.length, 0, length)) {
      at = length;
    } else {
      at = find(delimiter, 0, "it has no line with its boundary") + delimiter.length;
    }
  }

  private boolean takes(byte first, byte second) {
    if (at + 1 < body.length && body[at] == first && body[at + 1] == second) {
      at += 2;
      return true;
    }
    return false;
  }

  private void skipPadding() throws InputException {
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (!takes(LINE_END[0], LINE_END[1])) {
      throw malformed("its boundary is followed by something else than a line end");
    }
  }

  private void part() throws InputException {
    Map<String, List<String>> headers = headers();
    int from = at;
    // The content may be empty: then its end is the end of the last header line.
    int end = find(delimiter, from - LINE_END.length, "it ends before its last boundary");
    at = end + delimiter.length;
    List<String> disposition = headers.getOrDefault("Content-Disposition", List.of());
    String name = disposition.isEmpty() ? null : HeaderParameters.get(disposition.get(0), "name");
    if (name == null) {
      throw malformed("a part has no name");
    }
    String fileName = HeaderParameters.get(disposition.get(0), "filename");
    parts.add(new Part(name, fileName, headers, body, from, Math.max(from, end)));
  }

  private Map<String, List<String>> headers() throws InputException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    while (!takes(LINE_END[0], LINE_END[1])) {
      int end = find(LINE_END, at, "a part ends within its headers");
      String line = new String(body, at, end - at, StandardCharsets.UTF_8);
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw malformed("a part has a header without name");
      }
      headers
          .computeIfAbsent(line.substring(0, colon).strip(), absent -> new ArrayList<>(1))
          .add(line.substring(colon + 1).strip());
      at = end + LINE_END.length;
    }
    headers.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(headers);
  }

  private int find(byte[] what, int from, String otherwise) throws InputException {
    for (int i = from; i <= body.length - what.length; i++) {
      if (body[i] == what[0] && matches(what, 0, i, what.length)) {
        return i;
      }
    }
    throw malformed(otherwise);
  }

  private boolean matches(byte[] what, int skip, int position, int length) {
    if (position + length > body.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (body[position + i] != what[skip + i]) {
        return false;
      }
    }
    return true;
  }

  private static InputException malformed(String what) {
    return InputException.malformed("the multipart/form-data body is malformed: " + what, null);
  }

  /**
   * One part; its content is a stretch of the body.
   *
   * @param name the field's name
   * @param fileName the file's name as it was sent, or null
   * @param headers header lines by name, found without regard to case
   * @param body the whole body, not to be changed
   * @param from where the content begins
   * @param to where it ends
   */
  @SuppressWarnings("ArrayRecordComponent") // a view on bytes that are there already
  public record Part(
      String name,
      @Nullable String fileName,
      Map<String, List<String>> headers,
      byte[] body,
      int from,
      int to) {

    /** The first line of a header, or null. */
    public @Nullable String header(String header) {
      List<String> lines = headers.get(header);
      return lines == null ? null : lines.get(0);
    }

    /** A copy of the content. */
    public byte[] content() {
      return Arrays.copyOfRange(body, from, to);
    }
  }
}
