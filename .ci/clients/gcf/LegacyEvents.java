package conformance;

import com.google.cloud.functions.Context;
import com.google.cloud.functions.RawBackgroundFunction;

/** Writes data and context to the file. */
public class LegacyEvents implements RawBackgroundFunction {
  @Override
  public void accept(String data, Context context) throws Exception {
    String resource = context.resource();
    boolean isObject = resource != null && resource.startsWith("{");
    StringBuilder json = new StringBuilder("{\"data\":").append(data);
    json.append(",\"context\":{\"eventId\":").append(Output.quoted(context.eventId()));
    json.append(",\"timestamp\":").append(Output.quoted(context.timestamp()));
    json.append(",\"eventType\":").append(Output.quoted(context.eventType()));
    json.append(",\"resource\":").append(isObject ? resource : Output.quoted(resource));
    Output.write(json.append("}}"));
  }
}
