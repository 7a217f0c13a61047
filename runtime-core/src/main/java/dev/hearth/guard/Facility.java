package dev.hearth.guard;

/** What of the JDK keeps something of those who use it, so that it has to be looked through when a version is over. */
public enum Facility {
  /** {@link ThreadLocal}. */
  THREAD_LOCALS(1 << 4),
  /** {@code java.beans.Introspector}. */
  BEANS(1 << 5),
  /** {@link java.util.ResourceBundle}. */
  BUNDLES(1 << 6),
  /** {@code java.util.logging}. */
  LOGGING(1 << 7),
  /** The platform's MBean server. */
  MANAGEMENT(1 << 8),
  /** {@link java.security.Security}. */
  PROVIDERS(1 << 9),
  /** {@code java.sql.DriverManager}. */
  DRIVERS(1 << 10),
  /** {@code javax.imageio}. */
  IMAGES(1 << 11),
  /** {@code java.util.prefs}. */
  PREFERENCES(1 << 12);

  private final int mark; // a bit of its own, apart from those of Marks

  Facility(int mark) {
    this.mark = mark;
  }

  int mark() {
    return mark;
  }

  /** Whether a class whose names have these marks uses it. */
  public boolean isIn(int marks) {
    return (marks & mark) != 0;
  }
}
