package dev.hearth.unload;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.spi.IIORegistry;

/** The service providers of image I/O. */
final class Images {

  private Images() {}

  /** Takes off those of one loader. */
  static void forget(JdkTraces traces) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    int gone = 0;
    for (Iterator<Class<?>> kinds = registry.getCategories(); kinds.hasNext(); ) {
      gone += forget(registry, kinds.next(), traces);
    }
    if (gone > 0) {
      traces.found(gone + " image I/O provider");
    }
  }

  private static <T> int forget(IIORegistry registry, Class<T> kind, JdkTraces traces) {
    List<T> own = new ArrayList<>();
    for (Iterator<T> all = registry.getServiceProviders(kind, false); all.hasNext(); ) {
      T one = all.next();
      if (traces.isOwn(one)) {
        own.add(one);
      }
    }
    for (T one : own) {
      registry.deregisterServiceProvider(one, kind);
    }
    return own.size();
  }
}
