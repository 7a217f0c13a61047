package dev.hearth.http;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import java.io.InputStream;

/** A request as a function sees it. */
record FunctionRequest(
    String method, String path, String query, Headers headers, long contentLength, InputStream body)
    implements Request {}
