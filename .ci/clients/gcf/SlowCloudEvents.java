package conformance;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;

/** Takes the second that the client's check of concurrency measures. */
public class SlowCloudEvents implements CloudEventsFunction {
  @Override
  public void accept(CloudEvent event) throws Exception {
    Thread.sleep(1000);
  }
}
