package com.openfaas.function;

import com.openfaas.model.AbstractHandler;
import com.openfaas.model.IRequest;
import com.openfaas.model.IResponse;
import com.openfaas.model.Response;

/** The function, in the API of OpenFaaS; its class is found by this name. */
public final class Handler extends AbstractHandler {
  @Override
  public IResponse Handle(IRequest request) {
    String event = request.getBody();
    int start = event.indexOf(':') + 2;
    Response response = new Response();
    response.setBody("Hello, " + event.substring(start, event.indexOf('"', start)) + "!");
    return response;
  }
}
