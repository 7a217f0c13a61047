package dev.hearth.http.ops;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the admin port, and for what.
 *
 * @param token what a request must bring as {@code Authorization: Bearer}, asked for each, so that it can change; null where everybody
 *     who can connect may ask. The health pages are open to all
 * @param deployments what changes the host, asked when the first change is asked for; null where the port only shows
 * @param uploadBytes the most an uploaded archive may have; it is in memory while it arrives
 */
public record AdminAccess(
    @Nullable Supplier<String> token,
    @Nullable Supplier<? extends Deployments> deployments,
    int uploadBytes) {

  /** The default of {@link #uploadBytes}: 64 MiB. */
  public static final int UPLOAD_BYTES = 64 << 20;

  /** The port shows, and needs no token. */
  public static final AdminAccess READ_ONLY = new AdminAccess(null, null, 0);

  public AdminAccess {
    if (uploadBytes < 0) {
      throw new IllegalArgumentException(
          "uploadBytes is " + uploadBytes + "; it must be 0 or more");
    }
  }
}
