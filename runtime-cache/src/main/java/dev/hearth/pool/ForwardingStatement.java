package dev.hearth.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** A statement that hands every call to another. */
abstract class ForwardingStatement implements Statement {

  final Statement target;

  ForwardingStatement(Statement target) {
    this.target = target;
  }

  @Override
  public ResultSet executeQuery(String text) throws SQLException {
    return target.executeQuery(text);
  }

  @Override
  public int executeUpdate(String text) throws SQLException {
    return target.executeUpdate(text);
  }

  @Override
  public void close() throws SQLException {
    target.close();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    return target.getMaxFieldSize();
  }

  @Override
  public void setMaxFieldSize(int number) throws SQLException {
    target.setMaxFieldSize(number);
  }

  @Override
  public int getMaxRows() throws SQLException {
    return target.getMaxRows();
  }

  @Override
  public void setMaxRows(int number) throws SQLException {
    target.setMaxRows(number);
  }

  @Override
  public void setEscapeProcessing(boolean on) throws SQLException {
    target.setEscapeProcessing(on);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    return target.getQueryTimeout();
  }

  @Override
  public void setQueryTimeout(int number) throws SQLException {
    target.setQueryTimeout(number);
  }

  @Override
  public void cancel() throws SQLException {
    target.cancel();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return target.getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    target.clearWarnings();
  }

  @Override
  public void setCursorName(String text) throws SQLException {
    target.setCursorName(text);
  }

  @Override
  public boolean execute(String text) throws SQLException {
    return target.execute(text);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return target.getResultSet();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return target.getUpdateCount();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return target.getMoreResults();
  }

  @Override
  public void setFetchDirection(int number) throws SQLException {
    target.setFetchDirection(number);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return target.getFetchDirection();
  }

  @Override
  public void setFetchSize(int number) throws SQLException {
    target.setFetchSize(number);
  }

  @Override
  public int getFetchSize() throws SQLException {
    return target.getFetchSize();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    return target.getResultSetConcurrency();
  }

  @Override
  public int getResultSetType() throws SQLException {
    return target.getResultSetType();
  }

  @Override
  public void addBatch(String text) throws SQLException {
    target.addBatch(text);
  }

  @Override
  public void clearBatch() throws SQLException {
    target.clearBatch();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return target.executeBatch();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return target.getConnection();
  }

  @Override
  public boolean getMoreResults(int number) throws SQLException {
    return target.getMoreResults(number);
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    return target.getGeneratedKeys();
  }

  @Override
  public int executeUpdate(String text, int number) throws SQLException {
    return target.executeUpdate(text, number);
  }

  @Override
  public int executeUpdate(String text, int[] values) throws SQLException {
    return target.executeUpdate(text, values);
  }

  @Override
  public int executeUpdate(String text, String[] values) throws SQLException {
    return target.executeUpdate(text, values);
  }

  @Override
  public boolean execute(String text, int number) throws SQLException {
    return target.execute(text, number);
  }

  @Override
  public boolean execute(String text, int[] values) throws SQLException {
    return target.execute(text, values);
  }

  @Override
  public boolean execute(String text, String[] values) throws SQLException {
    return target.execute(text, values);
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    return target.getResultSetHoldability();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return target.isClosed();
  }

  @Override
  public void setPoolable(boolean on) throws SQLException {
    target.setPoolable(on);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    return target.isPoolable();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    target.closeOnCompletion();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    return target.isCloseOnCompletion();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return target.getLargeUpdateCount();
  }

  @Override
  public void setLargeMaxRows(long number) throws SQLException {
    target.setLargeMaxRows(number);
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    return target.getLargeMaxRows();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return target.executeLargeBatch();
  }

  @Override
  public long executeLargeUpdate(String text) throws SQLException {
    return target.executeLargeUpdate(text);
  }

  @Override
  public long executeLargeUpdate(String text, int number) throws SQLException {
    return target.executeLargeUpdate(text, number);
  }

  @Override
  public long executeLargeUpdate(String text, int[] values) throws SQLException {
    return target.executeLargeUpdate(text, values);
  }

  @Override
  public long executeLargeUpdate(String text, String[] values) throws SQLException {
    return target.executeLargeUpdate(text, values);
  }

  @Override
  public String enquoteLiteral(String text) throws SQLException {
    return target.enquoteLiteral(text);
  }

  @Override
  public String enquoteIdentifier(String text, boolean on) throws SQLException {
    return target.enquoteIdentifier(text, on);
  }

  @Override
  public boolean isSimpleIdentifier(String text) throws SQLException {
    return target.isSimpleIdentifier(text);
  }

  @Override
  public String enquoteNCharLiteral(String text) throws SQLException {
    return target.enquoteNCharLiteral(text);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return target.isWrapperFor(type);
  }
}
