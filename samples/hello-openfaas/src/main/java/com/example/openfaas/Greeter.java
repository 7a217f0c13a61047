package com.example.openfaas;

import com.openfaas.model.AbstractHandler;
import com.openfaas.model.IRequest;
import com.openfaas.model.IResponse;
import com.openfaas.model.Response;

/** Greets whoever the body names. */
public class Greeter extends AbstractHandler {

  @Override
  public IResponse Handle(IRequest request) {
    Response response = new Response();
    response.setBody("Hello, " + request.getBody() + "!");
    return response;
  }
}
