package com.example.funqy;

import io.quarkus.funqy.Context;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;

/** Three functions, each called by its method's name, or by events of its trigger. */
public class HelloFunqy {

  /** Somebody to be greeted; filled from JSON, or from the query of a GET. */
  public static class Person {
    private String first = "";
    private String last = "";

    public String getFirst() {
      return first;
    }

    public void setFirst(String first) {
      this.first = first;
    }

    public String getLast() {
      return last;
    }

    public void setLast(String last) {
      this.last = last;
    }
  }

  /** Takes a bean and gives text, which is quoted as JSON. */
  @Funq
  public String greet(Person person) {
    return "Hello, " + person.getFirst() + " " + person.getLast() + "!";
  }

  /** Fails: the caller sees a 500, the log the reason. */
  @Funq
  public String refuse(Person person) {
    throw new IllegalArgumentException("we do not know " + person.getLast());
  }

  /** Looks at the event around its data. */
  @Funq
  @CloudEventMapping(trigger = "order.created", responseType = "order.noted")
  public String note(int order, @Context CloudEvent<?> event) {
    return "order " + order + " of " + event.source();
  }
}
