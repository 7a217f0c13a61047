package dev.hearth.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool as one function sees it: connections, and nothing that would change the pool for others. It has no
 * {@code close}, so that no framework inside a function closes what it was lent.
 */
final class LentPool implements DataSource {

  private final Pool pool;
  private final String function;

  LentPool(Pool pool, String function) {
    this.pool = pool;
    this.function = function;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.borrow(function);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw refused("its connections are of one user; call getConnection()");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw refused("it cannot be unwrapped to " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    throw refused("it takes no log writer");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw refused("its time-outs are set where the pool is declared");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw refused("it does not log by java.util.logging");
  }

  private SQLFeatureNotSupportedException refused(String why) {
    return new SQLFeatureNotSupportedException(
        "function '" + function + "': pool '" + pool.name() + "' belongs to the host: " + why);
  }

  @Override
  public String toString() {
    return "pool '" + pool.name() + "' lent to function '" + function + "'";
  }
}
