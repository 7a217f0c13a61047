package com.example.spring;

import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Three functions of a Spring Boot application, each called by its bean's name. */
@SpringBootApplication
public class HelloSpring {

  /** What is ordered. */
  public record Order(String article, int count) {}

  /** What it costs. */
  public record Priced(String article, int cents) {}

  /** For running it without Hearth. */
  public static void main(String[] args) {
    SpringApplication.run(HelloSpring.class, args);
  }

  /** Takes and gives JSON; arrays are priced order by order. */
  @Bean
  Function<Order, Priced> price() {
    return order -> new Priced(order.article(), 250 * order.count());
  }

  /** Fails: the caller sees a 500, the log the reason. */
  @Bean
  Function<Order, Priced> refuse() {
    return order -> {
      throw new IllegalArgumentException("we have no " + order.article());
    };
  }

  /** Looks at the headers of its message, and sets some of its answer's. */
  @Bean
  Function<Message<String>, Message<String>> greet() {
    return message ->
        MessageBuilder.withPayload("Hello, " + message.getPayload() + "!")
            .setHeader("greeted-by", message.getHeaders().getOrDefault("x-greeter", "nobody"))
            .build();
  }
}
