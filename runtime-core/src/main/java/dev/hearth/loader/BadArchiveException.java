package dev.hearth.loader;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says why an archive is refused, without its name; {@link ArchiveStore} puts the name in front. The
 * message continues the words "archive x.jar".
 */
final class BadArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  BadArchiveException(String reason) {
    super(reason);
  }

  BadArchiveException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
