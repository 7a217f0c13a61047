package com.example.aws;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;
import java.util.TreeMap;

/** A plain method, {@code com.example.aws.WhoAmI::tell}, that looks at its context. */
public class WhoAmI {

  public Map<String, Object> tell(Map<String, Object> ignored, Context context) {
    context.getLogger().log("asked who I am");
    Map<String, Object> facts = new TreeMap<>();
    facts.put("function", context.getFunctionName());
    facts.put("hasRequestId", !context.getAwsRequestId().isEmpty());
    facts.put("hasTime", context.getRemainingTimeInMillis() > 0);
    return facts;
  }
}
