package dev.hearth.http.contract;

/** How a platform wants an error to look. */
public enum ErrorBody {
  /** {@code {"error":"…"}}. */
  JSON,
  /** The message as plain text. */
  TEXT;

  /**
   * An answer that tells of an error.
   *
   * @param message one line; may hold anything, and is escaped
   */
  public Answer of(int status, String message) {
    return this == JSON ? Answer.json(status, json(message)) : Answer.text(status, message + "\n");
  }

  /** Written by hand: no JSON library is loaded to say that something went wrong. */
  private static String json(String message) {
    StringBuilder json = new StringBuilder(message.length() + 16).append("{\"error\":\"");
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || c == '<' || c == '>' || c == '&') {
        json.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append("\"}\n").toString();
  }
}
