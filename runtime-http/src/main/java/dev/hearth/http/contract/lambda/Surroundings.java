package dev.hearth.http.contract.lambda;

import java.io.File;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.security.Security;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda's Java runtimes set for the whole process, because their users rely on it. A process that belongs to somebody else is
 * left as it is. Thread-safe.
 */
final class Surroundings {

  /** A process that belongs to somebody else. */
  static final Surroundings OTHERS = new Surroundings(false, false);

  /** Where the X-Ray SDK and the AWS SDK look for the trace of the one call that runs. */
  private static final String TRACE = "com.amazonaws.xray.traceHeader";

  private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";
  private static final String NEGATIVE_TTL_VARIABLE =
      "AWS_LAMBDA_JAVA_NETWORKADDRESS_CACHE_NEGATIVE_TTL";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String SYSTEM_TRUST_STORE = "/etc/pki/java/cacerts";

  private final boolean own;
  private final boolean traces;

  private Surroundings(boolean own, boolean traces) {
    this.own = own;
    this.traces = traces;
  }

  /**
   * A process of the contract's own.
   *
   * @param concurrent whether several calls run at once, so that none has the process's trace
   */
  static Surroundings own(Map<String, String> environment, boolean concurrent) {
    String negativeTtl = environment.get(NEGATIVE_TTL_VARIABLE);
    if (negativeTtl != null) { // setting it anyway would have the JDK load its logging
      Security.setProperty(NEGATIVE_TTL, negativeTtl);
    }
    if (System.getProperty(TRUST_STORE) == null && new File(SYSTEM_TRUST_STORE).isFile()) {
      System.setProperty(TRUST_STORE, SYSTEM_TRUST_STORE);
    }
    return new Surroundings(true, !concurrent);
  }

  /** Who polls, as the platform records it. */
  static String userAgent() {
    String version = Surroundings.class.getPackage().getImplementationVersion();
    return "hearth/"
        + (version == null ? "dev" : version)
        + " java/"
        + System.getProperty("java.version");
  }

  /** A call begins. */
  void trace(@Nullable String header) {
    if (!traces) {
      return;
    }
    if (header == null) {
      System.clearProperty(TRACE);
    } else {
      System.setProperty(TRACE, header);
    }
  }

  /** Nothing of a call is left. */
  void restore() {
    trace(null);
  }

  /** The process is about to be stored: addresses would be old when it is back, and garbage would be stored, too. */
  void beforeStored() {
    if (own) {
      clearAddresses();
      System.gc();
    }
  }

  /** Works where the JVM was started with {@code --add-opens java.base/java.net=ALL-UNNAMED}; else they age as ever. */
  private static void clearAddresses() {
    for (String name : new String[] {"cache", "expirySet"}) {
      try {
        Field field = InetAddress.class.getDeclaredField(name);
        if (field.trySetAccessible()) {
          Object held = field.get(null);
          if (held instanceof Map<?, ?> map) {
            map.clear();
          } else if (held instanceof Collection<?> collection) {
            collection.clear();
          }
        }
      } catch (ReflectiveOperationException e) {
        // This JDK keeps them somewhere else.
      }
    }
  }
}
