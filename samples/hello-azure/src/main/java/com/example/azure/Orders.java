package com.example.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.util.Optional;

/** Takes orders by HTTP, queues them, and ships them from the queue. */
public class Orders {

  /** What a customer wants. */
  public static class Order {
    private String customer;
    private String item;
    private int count;
  }

  /** Greets: {@code GET /api/hello?name=…}, or the name as the body. */
  @FunctionName("hello")
  public HttpResponseMessage hello(
      @HttpTrigger(
              name = "req",
              methods = {HttpMethod.GET, HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    String name = request.getBody().orElse(request.getQueryParameters().get("name"));
    context.getLogger().info("greeting " + name);
    if (name == null) {
      return request
          .createResponseBuilder(HttpStatus.BAD_REQUEST)
          .body("Please pass a name on the query string or in the request body")
          .build();
    }
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("X-Invocation", context.getInvocationId())
        .body("Hello, " + name)
        .build();
  }

  /** Takes an order, as JSON, and queues it: {@code POST /api/orders/{customer}}. */
  @FunctionName("order")
  public HttpResponseMessage order(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "orders/{customer}")
          HttpRequestMessage<Order> request,
      @BindingName("customer") String customer,
      @QueueOutput(name = "placed", queueName = "orders", connection = "AzureWebJobsStorage")
          OutputBinding<Order> placed,
      ExecutionContext context) {
    Order order = request.getBody();
    if (order == null || order.item == null) {
      return request
          .createResponseBuilder(HttpStatus.UNPROCESSABLE_ENTITY)
          .body("an order has an item")
          .build();
    }
    order.customer = customer;
    placed.setValue(order);
    context.getLogger().info("queued " + order.count + " " + order.item + " for " + customer);
    return request
        .createResponseBuilder(HttpStatus.CREATED)
        .header("Location", "/api/orders/" + customer + "/" + context.getInvocationId())
        .body(order)
        .build();
  }

  /** Ships what was queued; an order for nothing is an error, and tried again by the queue's rules. */
  @FunctionName("ship")
  @QueueOutput(name = "shipped", queueName = "shipped", connection = "AzureWebJobsStorage")
  public String ship(
      @QueueTrigger(name = "order", queueName = "orders", connection = "AzureWebJobsStorage")
          Order order,
      @BindingName("DequeueCount") Optional<Integer> tries,
      ExecutionContext context) {
    if (order.count <= 0) {
      throw new IllegalArgumentException("an order for " + order.count + " " + order.item);
    }
    context.getLogger().info("shipping, try " + tries.orElse(1));
    return order.count + " " + order.item + " to " + order.customer;
  }
}
