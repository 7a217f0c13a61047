package com.example.openfaas;

import com.openfaas.model.IHandler;
import com.openfaas.model.IRequest;
import com.openfaas.model.IResponse;
import com.openfaas.model.Response;

/** Tells what came, with a status and a header of its own. */
public class Echo implements IHandler {

  @Override
  public IResponse Handle(IRequest request) {
    Response response = new Response();
    response.setStatusCode(202);
    response.setContentType("text/plain");
    response.setHeader("X-Query", String.valueOf(request.getQueryRaw()));
    response.setBody(request.getBody());
    return response;
  }
}
