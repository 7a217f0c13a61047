package dev.hearth.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of one pool with one driver. Unlike {@link java.sql.DriverManager} it does not care which
 * class loader is asking, and leaves the time-outs of the rest of the process alone.
 */
final class DriverDataSource implements DataSource {

  private final String pool;
  private final PoolSpec spec;
  private final Driver driver;
  private volatile int loginTimeoutSeconds;

  DriverDataSource(String pool, PoolSpec spec, Driver driver) {
    this.pool = pool;
    this.spec = spec;
    this.driver = driver;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    spec.properties().forEach(properties::setProperty);
    if (spec.user() != null) {
      properties.setProperty("user", spec.user());
    }
    String password = password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    Connection connection = driver.connect(spec.url(), properties);
    if (connection == null) {
      throw new SQLNonTransientConnectionException(
          "driver " + driver.getClass().getName() + " does not understand " + spec.shownUrl());
    }
    return connection;
  }

  private @Nullable String password() throws SQLException {
    try {
      return spec.currentPassword();
    } catch (RuntimeException e) {
      throw new SQLNonTransientConnectionException(
          "the password of pool '" + pool + "' is not available: " + e.getMessage(), e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the pool's spec tells user and password");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {}

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  /** Kept for the pool to read back: it waits that long for a connection attempt when it closes. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public String toString() {
    return spec.shownUrl();
  }
}
