package dev.hearth.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A statement without parameters, whose texts are looked at for what they do to the session. */
final class LentStatement extends ForwardingStatement {

  private final LentConnection connection;

  LentStatement(Statement target, LentConnection connection) {
    super(target);
    this.connection = connection;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    connection.saw(sql);
    return target.executeQuery(sql);
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    connection.saw(sql);
    return target.executeUpdate(sql);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    connection.saw(sql);
    return target.execute(sql);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    connection.saw(sql);
    target.addBatch(sql);
  }

  @Override
  public int executeUpdate(String sql, int keys) throws SQLException {
    connection.saw(sql);
    return target.executeUpdate(sql, keys);
  }

  @Override
  public int executeUpdate(String sql, int[] columns) throws SQLException {
    connection.saw(sql);
    return target.executeUpdate(sql, columns);
  }

  @Override
  public int executeUpdate(String sql, String[] columns) throws SQLException {
    connection.saw(sql);
    return target.executeUpdate(sql, columns);
  }

  @Override
  public boolean execute(String sql, int keys) throws SQLException {
    connection.saw(sql);
    return target.execute(sql, keys);
  }

  @Override
  public boolean execute(String sql, int[] columns) throws SQLException {
    connection.saw(sql);
    return target.execute(sql, columns);
  }

  @Override
  public boolean execute(String sql, String[] columns) throws SQLException {
    connection.saw(sql);
    return target.execute(sql, columns);
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    connection.saw(sql);
    return target.executeLargeUpdate(sql);
  }
}
