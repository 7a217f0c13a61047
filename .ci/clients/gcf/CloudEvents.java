package conformance;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;

/** Writes the event, structured, to the file. */
public class CloudEvents implements CloudEventsFunction {
  @Override
  public void accept(CloudEvent event) throws Exception {
    StringBuilder json = new StringBuilder("{\"specversion\":\"1.0\"");
    for (String name : event.getAttributeNames()) {
      if (!name.equals("specversion")) {
        json.append(",\"").append(name).append("\":").append(Output.quoted(event.getAttribute(name)));
      }
    }
    json.append(",\"data\":").append(new String(event.getData().toBytes(), StandardCharsets.UTF_8));
    Output.write(json.append('}'));
  }
}
