package com.example.gcf;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Greets whom the query names. */
public class Greeting implements HttpFunction {
  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    response.setContentType("text/plain; charset=utf-8");
    response
        .getWriter()
        .write("Hello, " + request.getFirstQueryParameter("name").orElse("world") + "!\n");
  }
}
