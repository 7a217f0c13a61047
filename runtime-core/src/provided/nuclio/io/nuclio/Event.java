package io.nuclio;

import java.util.Date;
import java.util.Map;

/** One event, whatever trigger it came by. Names of headers are found without regard to case. */
public interface Event {

  String getID();

  TriggerInfo getTriggerInfo();

  String getContentType();

  byte[] getBody();

  /** The body as the structured thing it is, where it is one; else its bytes. */
  Object getBodyObject();

  Object getHeader(String key);

  String getHeaderString(String key);

  byte[] getHeaderBytes(String key);

  long getHeaderLong(String key);

  Map<String, Object> getHeaders();

  Object getField(String key);

  String getFieldString(String key);

  byte[] getFieldBytes(String key);

  long getFieldLong(String key);

  Map<String, Object> getFields();

  Date getTimestamp();

  /** The path, without query. */
  String getPath();

  String getURL();

  String getMethod();

  /** The shard this event came from; 0 where that means nothing. */
  long getShardID();

  long getTotalNumShards();

  String getType();

  String getTypeVersion();

  String getVersion();
}
