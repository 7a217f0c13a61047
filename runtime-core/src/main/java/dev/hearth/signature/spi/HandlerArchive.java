package dev.hearth.signature.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an archive says about itself, for families whose functions are found all over one; nothing of it is loaded. */
public interface HandlerArchive {

  /** Main attributes of its manifest, names in lower case. */
  Map<String, String> manifest();

  /** The class that a user means by a name, in which a nested class may be set off by a dot; null if there is none. */
  @Nullable HandlerClass find(String name);

  /**
   * The public classes of the user's own code that can be instantiated, by name; libraries are left out. Searches the archive
   * when first asked.
   */
  List<HandlerClass> ownClasses();
}
