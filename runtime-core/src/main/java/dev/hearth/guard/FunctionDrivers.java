package dev.hearth.guard;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/** The JDBC drivers of one version. Defined once more in each function's loader, whose drivers are all that it may take off the list. */
final class FunctionDrivers {

  private FunctionDrivers() {}

  /** Takes those off the list of {@link DriverManager} that this loader, or one below it, defined; says how many. */
  static int deregister() {
    int gone = 0;
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (isOwn(driver.getClass().getClassLoader())) {
        try {
          DriverManager.deregisterDriver(driver);
          gone++;
        } catch (SQLException | SecurityException e) {
          // another loader's: the holder search names it
        }
      }
    }
    return gone;
  }

  private static boolean isOwn(ClassLoader loader) {
    ClassLoader own = FunctionDrivers.class.getClassLoader();
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each == own) {
        return true;
      }
    }
    return false;
  }
}
