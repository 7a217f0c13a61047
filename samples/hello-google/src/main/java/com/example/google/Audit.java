package com.example.google;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.util.logging.Logger;

/** Events: logs what happened to which object. */
public class Audit implements CloudEventsFunction {

  private static final Logger LOGGER = Logger.getLogger(Audit.class.getName());

  @Override
  public void accept(CloudEvent event) {
    LOGGER.info(event.getType() + " of " + event.getSource() + " as " + event.getId());
  }
}
