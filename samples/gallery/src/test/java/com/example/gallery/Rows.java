package com.example.gallery;

import java.util.List;

/** The kinds of functions of the matrix; each is one of the samples. */
final class Rows {

  private static final String CLOUD_EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"//shop\",\"type\":\"order.paid\",\"data\":{}}";

  static final List<Row> ALL =
      List.of(
          Row.text("`Function`", "hello-function", "com.example.hello.Hello", "7", "Hello, 7!"),
          Row.text("`StreamFunction`", "hello-stream", "com.example.stream.Shout", "tea", "TEA"),
          Row.json(
              "AWS `RequestHandler`",
              "hello-aws",
              "com.example.aws.Prices",
              "{\"item\":\"tea\",\"quantity\":2}",
              "{\"item\":\"tea\",\"cents\":500}"),
          Row.json(
              "AWS `RequestStreamHandler`", "hello-aws", "com.example.aws.Upper", "\"tea\"", "TEA"),
          new Row(
              "AWS handler of gateway events",
              "hello-aws",
              "com.example.aws.Web",
              "name=Ada",
              "",
              "text/plain",
              "Hello, Ada!"),
          new Row(
              "Google `HttpFunction`",
              "hello-google",
              "com.example.google.Hello",
              "name=Ada",
              "",
              "text/plain",
              "Hello, Ada!"),
          Row.json(
              "Google `TypedFunction`",
              "hello-google",
              "com.example.google.Sum",
              "{\"values\":[1,2,39]}",
              "{\"total\":42}"),
          new Row(
              "Google `CloudEventsFunction`",
              "hello-google",
              "com.example.google.Audit",
              "",
              CLOUD_EVENT,
              "application/cloudevents+json",
              ""),
          Row.text(
              "Azure `HttpTrigger`",
              "hello-azure",
              "com.example.azure.Orders::hello",
              "Ada",
              "Hello, Ada"),
          Row.json(
              "Azure queue trigger",
              "hello-azure",
              "ship",
              "{\"item\":\"tea\",\"count\":2,\"customer\":\"Ada\"}",
              "2 tea to Ada"),
          Row.json(
              "Fn",
              "hello-fn",
              "com.example.fn.Greeter::welcome",
              "{\"name\":\"Ada\",\"visits\":2}",
              "{\"text\":\"Hello, Ada!\",\"regular\":true}"),
          Row.json(
              "Funqy",
              "hello-funqy",
              "greet",
              "{\"first\":\"Ada\",\"last\":\"King\"}",
              "Hello, Ada King!"),
          Row.json(
              "Micronaut",
              "hello-micronaut",
              "com.example.micronaut.GreetFunction",
              "{\"name\":\"Ada\"}",
              "Hello, Ada!"),
          Row.json(
              "Spring Cloud Function",
              "hello-spring",
              "price",
              "{\"article\":\"tea\",\"count\":2}",
              "{\"article\":\"tea\",\"cents\":500}"),
          Row.text("OpenFaaS", "hello-openfaas", "com.example.openfaas.Echo", "tea", "tea"),
          Row.json(
              "OpenWhisk",
              "hello-openwhisk",
              "com.example.openwhisk.Hello",
              "{\"name\":\"Ada\"}",
              "{\"greeting\":\"Hello, Ada!\"}"),
          Row.text("Nuclio", "hello-nuclio", "com.example.nuclio.Reverser", "stressed", "desserts"),
          Row.text(
              "Kubeless",
              "hello-kubeless",
              "io.kubeless.samples.Orders::confirm",
              "7",
              "confirmed: 7"),
          Row.text(
              "Fission (Spring's types)",
              "hello-fission",
              "com.example.fission.HelloWorld",
              "Ada",
              "Hello, Ada!"));

  private Rows() {}
}
