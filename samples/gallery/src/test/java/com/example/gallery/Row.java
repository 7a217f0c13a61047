package com.example.gallery;

import java.nio.file.Path;

/**
 * A kind of function in the matrix, and a call that every contract can try to make.
 *
 * @param kind what the function is written for
 * @param jar module and file name of the sample's jar
 * @param handler the handler as the vendor writes it
 * @param query of the request, where the contract has one
 * @param body of the request
 * @param contentType what the body is
 * @param answer what the answer contains; empty where there is none
 */
record Row(
    String kind,
    String jar,
    String handler,
    String query,
    String body,
    String contentType,
    String answer) {

  static Row json(String kind, String jar, String handler, String body, String answer) {
    return new Row(kind, jar, handler, "", body, "application/json", answer);
  }

  static Row text(String kind, String jar, String handler, String body, String answer) {
    return new Row(kind, jar, handler, "", body, "text/plain", answer);
  }

  Path archive() {
    return Sample.ROOT.resolve("samples").resolve(jar).resolve("target").resolve(jar + ".jar");
  }

  @Override
  public String toString() {
    return kind;
  }
}
