package dev.hearth.http;

import io.netty.buffer.ByteBuf;

/** Writes the heads of responses. */
final class HeadWriter {

  private HeadWriter() {}

  /** Writes the status line. */
  static void status(ByteBuf out, int status) {
    ascii(out, "HTTP/1.1 ");
    out.writeByte('0' + status / 100);
    out.writeByte('0' + status / 10 % 10);
    out.writeByte('0' + status % 10);
    out.writeByte(' ');
    ascii(out, reason(status));
    end(out);
  }

  /** Writes a header line; name and value are clean. */
  static void line(ByteBuf out, String name, String value) {
    ascii(out, name);
    out.writeByte(':');
    out.writeByte(' ');
    ascii(out, value);
    end(out);
  }

  /** Ends a line, or the head. */
  static void end(ByteBuf out) {
    out.writeByte('\r');
    out.writeByte('\n');
  }

  /** Writes Latin-1 text. */
  static void ascii(ByteBuf out, String text) {
    for (int i = 0; i < text.length(); i++) {
      out.writeByte(text.charAt(i));
    }
  }

  /** For people who read the wire; nothing depends on it. */
  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 206 -> "Partial Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "";
    };
  }
}
