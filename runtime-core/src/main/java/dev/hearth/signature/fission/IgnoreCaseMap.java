package dev.hearth.signature.fission;

import java.util.TreeMap;
import javax.ws.rs.core.AbstractMultivaluedMap;

/** Values by header name, without regard to case. */
final class IgnoreCaseMap extends AbstractMultivaluedMap<String, String> {

  IgnoreCaseMap() {
    super(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
  }
}
