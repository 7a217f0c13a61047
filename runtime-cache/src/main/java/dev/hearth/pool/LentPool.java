package dev.hearth.pool;

import dev.hearth.invoke.Invocation;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A pool as one function sees it: connections, and nothing that would change the pool for others. It has no
 * {@code close}, so that no framework inside a function closes what it was lent.
 */
final class LentPool implements DataSource {

  private final Pool pool;
  private final String function;
  private volatile boolean forgets; // whether it was seen not to give a connection back
  private volatile boolean changesSessions;

  LentPool(Pool pool, String function) {
    this.pool = pool;
    this.function = function;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection borrowed = pool.borrow(function);
    Invocation call = Invocation.current();
    return new LentConnection(
        borrowed,
        this,
        call == null ? null : Leases.of(call),
        forgets ? new Throwable("borrowed here") : null);
  }

  /** A call is over and has not given a connection back. */
  void forgotten(String invocation, @Nullable Throwable borrowed) {
    String where = forgets ? "" : "; from now on it is remembered where this function borrows them";
    forgets = true;
    LoggerFactory.getLogger(LentPool.class)
        .warn(
            "function '{}', invocation {}: a connection of pool '{}' was not closed when the call ended and was"
                + " taken back; close it with try-with-resources{}",
            function,
            invocation,
            pool.name(),
            where,
            borrowed);
  }

  /** A connection was given back within a transaction. */
  void leftTransaction() {
    Invocation call = Invocation.current();
    LoggerFactory.getLogger(LentPool.class)
        .warn(
            "function '{}', invocation {}: a connection of pool '{}' was given back within a transaction, which was"
                + " rolled back; commit or roll back before it is closed",
            function,
            call == null ? "none" : call.id(),
            pool.name());
  }

  /** A statement changes the session of a connection, which is closed when it is given back. */
  void sessionChanged(String sql) {
    if (!changesSessions) {
      changesSessions = true;
      LoggerFactory.getLogger(LentPool.class)
          .warn(
              "function '{}' changes the session of connections of pool '{}' ({}…): they are closed instead of being"
                  + " given to others; set it in the pool's properties, or for the transaction alone",
              function,
              pool.name(),
              sql.strip()
                  .lines()
                  .findFirst()
                  .map(line -> line.substring(0, Math.min(40, line.length())))
                  .orElse(""));
    }
  }

  void evict(Connection connection) {
    pool.evict(connection);
  }

  void cancelLater(LentConnection connection) {
    pool.onThread("cancel", connection::cancel);
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
