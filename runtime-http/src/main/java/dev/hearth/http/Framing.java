package dev.hearth.http;

/** Puts answers as one version of HTTP has them, into messages for a {@link Wire}. Any thread. */
interface Framing {

  /** A whole answer. */
  Object whole(ResponseHead head, byte[] body, int length, boolean keepAlive);

  /** The head and the first part of an answer that goes out in parts. */
  Object begin(ResponseHead head, byte[] part, int length, boolean keepAlive);

  /** A part in between. */
  Object part(ResponseHead head, byte[] part, int length);

  /** The last part. */
  Object end(ResponseHead head, byte[] part, int length);
}
