package com.example.gcf;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the files that are put into a bucket; legacy events of Cloud Storage reach it as CloudEvents. */
public class Uploads implements CloudEventsFunction {

  private final AtomicLong seen = new AtomicLong();

  @Override
  public void accept(CloudEvent event) {
    long number = seen.incrementAndGet();
    // A JSON object is an entry of the platform's log by itself.
    System.out.println(
        "{\"severity\":\"NOTICE\",\"message\":\""
            + event.getType()
            + "\",\"upload\":"
            + number
            + "}");
  }
}
