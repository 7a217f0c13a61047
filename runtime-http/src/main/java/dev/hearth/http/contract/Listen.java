package dev.hearth.http.contract;

/**
 * Where a contract is served.
 *
 * @param host a name or literal address; {@code 0.0.0.0} for every interface
 * @param port the port; 0 for any free one, -1 for none
 */
public record Listen(String host, int port) {

  /** For a contract that is not called but calls. */
  public static final Listen NOWHERE = new Listen("", -1);

  public Listen {
    if (port < -1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + "; it must be within 0 to 65535");
    }
  }
}
