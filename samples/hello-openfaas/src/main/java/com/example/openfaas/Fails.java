package com.example.openfaas;

import com.openfaas.model.IHandler;
import com.openfaas.model.IRequest;
import com.openfaas.model.IResponse;

/** Fails, as functions do. */
public class Fails implements IHandler {

  @Override
  public IResponse Handle(IRequest request) {
    throw new IllegalStateException("out of stock");
  }
}
