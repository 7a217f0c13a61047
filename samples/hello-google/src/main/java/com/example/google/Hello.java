package com.example.google;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** HTTP: greets by query parameter, and refuses an empty name. */
public class Hello implements HttpFunction {

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    String name = request.getFirstQueryParameter("name").orElse("world");
    if (name.isEmpty()) {
      response.setStatusCode(400, "Empty name");
      response.getWriter().write("the name is empty");
      return;
    }
    response.setContentType("text/plain");
    response.getWriter().write("Hello, " + name + "!");
  }
}
