package dev.hearth.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A connection as a function has it: looks at what it does to the session, and remembers its last statements, so that the host can cancel
 * them, and can give the connection to others as it was before.
 */
final class LentConnection extends ForwardingConnection {

  private static final int REMEMBERED = 8; // statements

  private final LentPool lender;
  private final @Nullable Leases leases;
  private final @Nullable Throwable
      borrowed; // where, once the function has been seen to forget one
  private final AtomicBoolean returned = new AtomicBoolean();
  private volatile boolean sessionChanged;
  private volatile boolean begun; // something that has not been committed nor rolled back

  @GuardedBy("statements")
  private final @Nullable Statement[] statements = new Statement[REMEMBERED];

  @GuardedBy("statements")
  private int made;

  /**
   * @param leases of the call that borrows; null where that is none
   * @param borrowed where it does; null if that is not traced
   */
  LentConnection(
      Connection target, LentPool lender, @Nullable Leases leases, @Nullable Throwable borrowed) {
    super(target);
    this.lender = lender;
    this.leases = leases;
    this.borrowed = borrowed;
    if (leases != null) {
      leases.add(this);
    }
  }

  private <T extends Statement> T remember(T statement) {
    begun = true;
    synchronized (statements) {
      statements[made++ & (REMEMBERED - 1)] = statement;
    }
    return statement;
  }

  /** Looks at the text of a statement that is about to run. */
  void saw(String sql) {
    begun = true;
    if (!sessionChanged && SessionText.changesSession(sql)) {
      sessionChanged = true;
      lender.sessionChanged(sql);
    }
  }

  private <T extends Statement> T remember(String sql, T statement) {
    saw(sql);
    return remember(statement);
  }

  @Override
  public Statement createStatement() throws SQLException {
    return new LentStatement(remember(target.createStatement()), this);
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return new LentStatement(remember(target.createStatement(type, concurrency)), this);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return new LentStatement(
        remember(target.createStatement(type, concurrency, holdability)), this);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return remember(sql, target.prepareStatement(sql));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return remember(sql, target.prepareStatement(sql, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return remember(sql, target.prepareStatement(sql, type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    return remember(sql, target.prepareStatement(sql, keys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return remember(sql, target.prepareStatement(sql, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return remember(sql, target.prepareStatement(sql, columns));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return remember(sql, target.prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return remember(sql, target.prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return remember(sql, target.prepareCall(sql, type, concurrency, holdability));
  }

  @Override
  public void commit() throws SQLException {
    target.commit();
    begun = false;
  }

  @Override
  public void rollback() throws SQLException {
    target.rollback();
    begun = false;
  }

  /** Gives it back; a transaction that was left open is rolled back, and a session that was changed is not given to others. */
  @Override
  public void close() throws SQLException {
    if (!returned.compareAndSet(false, true)) {
      return;
    }
    if (leases != null) {
      leases.remove(this);
    }
    giveBack();
  }

  private void giveBack() throws SQLException {
    try {
      if (begun && !target.getAutoCommit() && !target.isClosed()) {
        target.rollback();
        lender.leftTransaction();
      }
    } catch (SQLException e) {
      lender.evict(target); // what it is in is unknown
    } finally {
      if (sessionChanged) {
        lender.evict(target);
      }
      target.close();
    }
  }

  /** Takes it from a call that is over. */
  void takeBack(String invocation) {
    if (!returned.compareAndSet(false, true)) {
      return;
    }
    lender.forgotten(invocation, borrowed);
    try {
      giveBack();
    } catch (SQLException e) {
      LoggerFactory.getLogger(LentConnection.class)
          .warn("{}: a connection that was not given back cannot be closed", lender, e);
    }
  }

  /** Has the server give up what it runs for this connection. Does not wait for it. */
  void cancelLater() {
    if (!returned.get()) {
      lender.cancelLater(this);
    }
  }

  /** Asks the server, which takes a connection of its own. */
  void cancel() {
    @Nullable Statement[] last;
    synchronized (statements) {
      last = statements.clone();
    }
    for (Statement each : last) {
      if (each != null && !returned.get()) {
        cancel(each);
      }
    }
  }

  private void cancel(Statement statement) {
    try {
      if (!statement.isClosed()) {
        statement.cancel();
      }
    } catch (SQLException e) {
      LoggerFactory.getLogger(LentConnection.class)
          .debug("{}: a statement cannot be cancelled", lender, e);
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    return returned.get() || target.isClosed();
  }
}
