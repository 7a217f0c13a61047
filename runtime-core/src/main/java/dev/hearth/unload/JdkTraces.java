package dev.hearth.unload;

import dev.hearth.guard.Facility;
import dev.hearth.loader.FunctionLoader;
import java.beans.Introspector;
import java.lang.management.ManagementFactory;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Takes what belongs to one loader off the JDK's lists that its code named. */
final class JdkTraces {

  private final FunctionLoader loader;
  private final List<String> found = new ArrayList<>();

  JdkTraces(FunctionLoader loader) {
    this.loader = loader;
  }

  /** Takes all of it off; one line for each kind that there was. */
  List<String> clear() {
    if (loader.uses(Facility.LOGGING)) {
      logging();
    }
    if (loader.uses(Facility.MANAGEMENT)) {
      beans();
    }
    if (loader.uses(Facility.PROVIDERS)) {
      providers();
    }
    if (loader.uses(Facility.IMAGES)) {
      Images.forget(this);
    }
    if (loader.uses(Facility.BUNDLES)) {
      ResourceBundle.clearCache(loader);
    }
    if (loader.uses(Facility.BEANS)) {
      Introspector.flushCaches();
    }
    return found;
  }

  void found(String what) {
    found.add(what);
  }

  /** Whether an object's class is of this version, a loader below its own included. */
  boolean isOwn(Object object) {
    return Loaders.isBelow(object.getClass().getClassLoader(), loader);
  }

  private void logging() {
    for (String name : new String[] {"", Logger.GLOBAL_LOGGER_NAME}) {
      Logger logger = LogManager.getLogManager().getLogger(name);
      if (logger != null) {
        logging(logger, name.isEmpty() ? "root" : name);
      }
    }
  }

  private void logging(Logger logger, String name) {
    for (Handler handler : logger.getHandlers()) {
      if (isOwn(handler)) {
        logger.removeHandler(handler);
        found("handler of logger " + name);
      }
    }
    Filter filter = logger.getFilter();
    if (filter != null && isOwn(filter)) {
      logger.setFilter(null);
      found("filter of logger " + name);
    }
  }

  private void beans() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    int gone = 0;
    for (ObjectName name : server.queryNames(null, null)) {
      try {
        if (Loaders.isBelow(server.getClassLoaderFor(name), loader)) {
          server.unregisterMBean(name);
          gone++;
        }
      } catch (InstanceNotFoundException e) {
        // another one took it off
      } catch (JMException e) {
        found("MBean " + name + " that cannot be taken off (" + e + ")");
      }
    }
    if (gone > 0) {
      found(gone + " MBean");
    }
  }

  private void providers() {
    for (Provider provider : Security.getProviders()) {
      if (isOwn(provider)) {
        Security.removeProvider(provider.getName());
        found(String.format(Locale.ROOT, "security provider %s", provider.getName()));
      }
    }
  }
}
