package dev.hearth.signature.codec;

/** Makes foreign text fit for a message: one line, no control characters, not too long. */
final class OneLine {

  private static final int MAX = 200;

  private OneLine() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX + 1));
    for (int i = 0; i < text.length() && i < MAX; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    if (text.length() > MAX) {
      line.append('…');
    }
    return line.toString().strip();
  }
}
