package dev.hearth.signature.micronaut;

/** Names of functions that have none of their own. */
final class Names {

  private Names() {}

  /** Camel case with hyphens: {@code UpperCaseFunction} is {@code upper-case-function}, {@code HTTPCall} is {@code httpcall}. */
  static String hyphenated(String name) {
    StringBuilder text = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean wordBegins =
          i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(name.charAt(i - 1));
      text.append(wordBegins ? "-" : "").append(Character.toLowerCase(c));
    }
    return text.toString();
  }
}
