package com.example.gallery;

import java.util.List;

/** The samples of every family: typed or HTTP, failing, looking at their context. */
final class Samples {

  private static final String CLOUD_EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"//shop\",\"type\":\"order.paid\",\"data\":{}}";

  static final List<Sample> ALL =
      List.of(
          Sample.of(
              "hello-aws",
              "com.example.aws.Prices",
              "{\"item\":\"tea\",\"quantity\":2}",
              "{\"item\":\"tea\",\"cents\":500}"),
          Sample.failing(
              "hello-aws", "com.example.aws.Prices", "{\"quantity\":0}", "quantity is 0"),
          Sample.of(
              "hello-aws",
              "com.example.aws.Web",
              "{\"version\":\"2.0\",\"queryStringParameters\":{\"name\":\"Ada\"}}",
              "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/plain\"},\"body\":\"Hello, Ada!\",\"isBase64Encoded\":false}"),
          Sample.of("hello-aws", "com.example.aws.Upper", "\"tea\"", "\"TEA\""),
          Sample.of(
              "hello-aws",
              "com.example.aws.WhoAmI::tell",
              "{}",
              "{\"function\":\"sample\",\"hasRequestId\":true,\"hasTime\":true}"),
          Sample.of("hello-google", "com.example.google.Hello", "", "Hello, world!"),
          Sample.of(
              "hello-google", "com.example.google.Sum", "{\"values\":[1,2,39]}", "{\"total\":42}"),
          Sample.failing("hello-google", "com.example.google.Sum", "{}", "nothing to add up"),
          Sample.of("hello-google", "com.example.google.Audit", CLOUD_EVENT, "")
              .as("application/cloudevents+json"),
          Sample.of("hello-azure", "com.example.azure.Orders::hello", "Ada", "Hello, Ada"),
          Sample.of(
              "hello-azure",
              "order",
              "{\"item\":\"tea\",\"count\":2}",
              "{\"item\":\"tea\",\"count\":2}"),
          Sample.of(
              "hello-azure",
              "ship",
              "{\"item\":\"tea\",\"count\":2,\"customer\":\"Ada\"}",
              "2 tea to Ada"),
          Sample.failing("hello-azure", "ship", "{\"item\":\"tea\"}", "an order for 0 tea"),
          Sample.of("hello-fn", "com.example.fn.Greeter::greet", "Ada", "Hello, Ada!"),
          Sample.of(
              "hello-fn",
              "com.example.fn.Greeter::welcome",
              "{\"name\":\"Ada\",\"visits\":2}",
              "{\"text\":\"Hello, Ada!\",\"regular\":true}"),
          Sample.failing(
              "hello-fn",
              "com.example.fn.Greeter::welcome",
              "{\"visits\":1}",
              "a visitor has a name"),
          Sample.of(
              "hello-funqy",
              "greet",
              "{\"first\":\"Ada\",\"last\":\"King\"}",
              "\"Hello, Ada King!\""),
          Sample.failing("hello-funqy", "refuse", "{\"last\":\"X\"}", "we do not know X"),
          Sample.of(
              "hello-micronaut",
              "com.example.micronaut.GreetFunction",
              "{\"name\":\"Ada\"}",
              "{\"text\":\"Hello, Ada!\",\"calls\":1}"),
          Sample.failing(
              "hello-micronaut", "com.example.micronaut.Refuse", "X", "we do not know X"),
          Sample.of(
              "hello-spring",
              "price",
              "{\"article\":\"tea\",\"count\":2}",
              "{\"article\":\"tea\",\"cents\":500}"),
          Sample.failing(
              "hello-spring", "refuse", "{\"article\":\"tea\",\"count\":2}", "we have no tea"),
          Sample.of("hello-openfaas", "com.example.openfaas.Greeter", "Ada", "Hello, Ada!"),
          Sample.of("hello-openfaas", "com.example.openfaas.Echo", "tea", "tea"),
          Sample.failing("hello-openfaas", "com.example.openfaas.Fails", "", "out of stock"),
          Sample.of(
              "hello-openwhisk",
              "com.example.openwhisk.Hello",
              "{\"name\":\"Ada\"}",
              "{\"greeting\":\"Hello, Ada!\"}"),
          Sample.of(
              "hello-openwhisk",
              "com.example.openwhisk.Hello#refuse",
              "",
              "{\"error\":\"not today\"}"),
          Sample.failing(
              "hello-openwhisk",
              "com.example.openwhisk.Hello#divide",
              "{\"a\":1,\"b\":0}",
              "/ by zero"),
          Sample.of("hello-nuclio", "com.example.nuclio.Reverser", "stressed", "desserts"),
          Sample.of("hello-nuclio", "com.example.nuclio.Teapot", "", "{\"short\":true}"),
          Sample.failing("hello-nuclio", "com.example.nuclio.Fails", "", "out of stock"),
          Sample.of("hello-kubeless", "io.kubeless.samples.Orders::confirm", "7", "confirmed: 7"),
          Sample.of(
              "hello-kubeless",
              "io.kubeless.samples.Orders::describe",
              "",
              "describe runs for 180 s"),
          Sample.failing(
              "hello-kubeless", "io.kubeless.samples.Orders::cancel", "7", "cannot cancel 7"),
          Sample.of("hello-function", "com.example.hello.Hello", "Ada", "Hello, Ada!"),
          Sample.of("hello-fission", "com.example.fission.HelloWorld", "", "Hello, world!"));

  private Samples() {}
}
