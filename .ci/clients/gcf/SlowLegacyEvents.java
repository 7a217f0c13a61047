package conformance;

import com.google.cloud.functions.Context;
import com.google.cloud.functions.RawBackgroundFunction;

/** Takes the second that the client's check of concurrency measures. */
public class SlowLegacyEvents implements RawBackgroundFunction {
  @Override
  public void accept(String data, Context context) throws Exception {
    Thread.sleep(1000);
  }
}
