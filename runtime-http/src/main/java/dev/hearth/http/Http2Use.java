package dev.hearth.http;

/** Where a server speaks HTTP/2. */
public enum Http2Use {
  /** Nowhere. */
  OFF,
  /** On connections that are secured by TLS, where client and server agree on it. */
  SECURED,
  /**
   * On others as well, on the same port: to clients that begin with its preface (RFC 9113, section 3.3), and to those that
   * ask for it with {@code Upgrade: h2c} (RFC 7540, section 3.2). A proxy in front that passes such an upgrade on without
   * understanding it no longer sees the requests behind it.
   */
  EVERYWHERE
}
