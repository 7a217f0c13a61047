package com.example.fission;

import io.fission.Context;
import io.fission.Function;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;

/** Greets the request's body. */
@SuppressWarnings("rawtypes") // Fission's interface is raw
public final class HelloWorld implements Function<Object, Object> {

  @Override
  public ResponseEntity<?> call(RequestEntity request, Context context) {
    Object name = request.getBody();
    return ResponseEntity.ok("Hello, " + (name == null ? "world" : name) + "!");
  }
}
