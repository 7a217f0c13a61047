package dev.hearth.signature.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The modules of a library that the function brought, without those that lack a class. */
final class Modules {

  private static final int MAX_BROKEN = 100;

  private Modules() {}

  static <M> List<M> of(Class<M> type) {
    List<M> modules = new ArrayList<>();
    Iterator<M> found = ServiceLoader.load(type, type.getClassLoader()).iterator();
    int broken = 0;
    while (broken < MAX_BROKEN) {
      try {
        if (!found.hasNext()) {
          break;
        }
        modules.add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken++; // as everywhere: what is not needed may lack what it needs
      }
    }
    return modules;
  }
}
