package dev.hearth.http.contract;

/**
 * Says that a function asked for a response that cannot be sent: a status or header that HTTP does not have. Its
 * message is the host's, so the client may read it.
 */
public final class RefusedResponseException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public RefusedResponseException(String message) {
    super(message);
  }
}
