package dev.hearth.signature.spi;

import java.util.List;
import java.util.Set;

/** What a handler's class file, and those of its superclasses, say about it; nothing of it is loaded. */
public interface HandlerClass {

  /** Its binary name. */
  String name();

  /**
   * Binary names of its superclasses and interfaces, its own and inherited, as far as the archive and the
   * JDK tell. A type that neither has is named, and what that type extends is not known.
   */
  Set<String> supertypes();

  /** Binary names of the annotations on the class itself that are kept at run time. */
  Set<String> annotations();

  /** Its methods, then those of its superclasses in the archive; compiler-made bridges included. */
  List<HandlerMethod> methods();
}
