package dev.hearth.http;

/**
 * The head of an answer that is on its way; neither of its headers changes any more.
 *
 * @param headers those of the answer
 * @param always those that are added where the answer has none of the same name
 * @param toHead whether the request was for the head only
 * @param http10 whether the client speaks HTTP/1.0
 */
record ResponseHead(
    int status, HeaderLines headers, HeaderLines always, boolean toHead, boolean http10) {

  /** Whether no body follows, whatever was written. */
  boolean isBodyless() {
    return toHead || status == 204 || status == 205 || status == 304;
  }

  /** Whether its length is told: an answer of these statuses has none. */
  boolean hasLength() {
    return status != 204 && status != 304;
  }

  /** How many characters it is, about. */
  int chars() {
    return 160 + headers.chars() + always.chars() + 4 * (headers.size() + always.size());
  }
}
