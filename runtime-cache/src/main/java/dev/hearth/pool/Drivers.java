package dev.hearth.pool;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds JDBC drivers on the host's side, whoever asks. */
final class Drivers {

  private static final int MOST_BROKEN = 100;

  private Drivers() {}

  /**
   * The first driver that takes this spec's URL: of those the loader sees, then of those beside Hearth.
   *
   * @throws SQLException if there is none
   */
  static Driver accepting(PoolSpec spec, ClassLoader loader) throws SQLException {
    Set<String> seen = new TreeSet<>();
    Driver driver = find(spec.url(), loader, seen);
    ClassLoader own = Drivers.class.getClassLoader();
    if (driver == null && loader != own) {
      driver = find(spec.url(), own, seen);
    }
    if (driver == null) {
      throw new SQLNonTransientConnectionException(
          "no JDBC driver of the host accepts "
              + spec.shownUrl()
              + " (drivers found: "
              + (seen.isEmpty() ? "none" : String.join(", ", seen))
              + "); put the driver's jar on the host's class path, which is lib/ in the distribution."
              + " A driver inside a function's archive is not seen here");
    }
    return driver;
  }

  private static @Nullable Driver find(String url, ClassLoader loader, Set<String> seen)
      throws SQLException {
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
    int broken = 0; // bounded: an unreadable service file fails the same way each time
    while (broken < MOST_BROKEN) {
      try {
        if (!drivers.hasNext()) {
          return null;
        }
        Driver driver = drivers.next();
        seen.add(driver.getClass().getName());
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (ServiceConfigurationError e) {
        seen.add("one that is broken: " + e.getMessage());
        broken++;
      }
    }
    return null;
  }
}
