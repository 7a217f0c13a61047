package dev.hearth.pool;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/** A connection that hands every call to another; one class for what is overridden is one beneath it. */
abstract class ForwardingConnection implements Connection {

  final Connection target;

  ForwardingConnection(Connection target) {
    this.target = target;
  }

  @Override
  public Statement createStatement() throws SQLException {
    return target.createStatement();
  }

  @Override
  public PreparedStatement prepareStatement(String text) throws SQLException {
    return target.prepareStatement(text);
  }

  @Override
  public CallableStatement prepareCall(String text) throws SQLException {
    return target.prepareCall(text);
  }

  @Override
  public String nativeSQL(String text) throws SQLException {
    return target.nativeSQL(text);
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    target.setAutoCommit(on);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return target.getAutoCommit();
  }

  @Override
  public void commit() throws SQLException {
    target.commit();
  }

  @Override
  public void rollback() throws SQLException {
    target.rollback();
  }

  @Override
  public void close() throws SQLException {
    target.close();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return target.isClosed();
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return target.getMetaData();
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    target.setReadOnly(on);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return target.isReadOnly();
  }

  @Override
  public void setCatalog(String text) throws SQLException {
    target.setCatalog(text);
  }

  @Override
  public String getCatalog() throws SQLException {
    return target.getCatalog();
  }

  @Override
  public void setTransactionIsolation(int number) throws SQLException {
    target.setTransactionIsolation(number);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return target.getTransactionIsolation();
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
  public Statement createStatement(int number, int number2) throws SQLException {
    return target.createStatement(number, number2);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int number, int number3)
      throws SQLException {
    return target.prepareStatement(text, number, number3);
  }

  @Override
  public CallableStatement prepareCall(String text, int number, int number3) throws SQLException {
    return target.prepareCall(text, number, number3);
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    return target.getTypeMap();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> type) throws SQLException {
    target.setTypeMap(type);
  }

  @Override
  public void setHoldability(int number) throws SQLException {
    target.setHoldability(number);
  }

  @Override
  public int getHoldability() throws SQLException {
    return target.getHoldability();
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return target.setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String text) throws SQLException {
    return target.setSavepoint(text);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    target.rollback(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    target.releaseSavepoint(savepoint);
  }

  @Override
  public Statement createStatement(int number, int number2, int number3) throws SQLException {
    return target.createStatement(number, number2, number3);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int number, int number3, int number4)
      throws SQLException {
    return target.prepareStatement(text, number, number3, number4);
  }

  @Override
  public CallableStatement prepareCall(String text, int number, int number3, int number4)
      throws SQLException {
    return target.prepareCall(text, number, number3, number4);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int number) throws SQLException {
    return target.prepareStatement(text, number);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int[] values) throws SQLException {
    return target.prepareStatement(text, values);
  }

  @Override
  public PreparedStatement prepareStatement(String text, String[] values) throws SQLException {
    return target.prepareStatement(text, values);
  }

  @Override
  public Clob createClob() throws SQLException {
    return target.createClob();
  }

  @Override
  public Blob createBlob() throws SQLException {
    return target.createBlob();
  }

  @Override
  public NClob createNClob() throws SQLException {
    return target.createNClob();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return target.createSQLXML();
  }

  @Override
  public boolean isValid(int number) throws SQLException {
    return target.isValid(number);
  }

  @Override
  public void setClientInfo(String text, String text2) throws SQLClientInfoException {
    target.setClientInfo(text, text2);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    target.setClientInfo(properties);
  }

  @Override
  public String getClientInfo(String text) throws SQLException {
    return target.getClientInfo(text);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    return target.getClientInfo();
  }

  @Override
  public Array createArrayOf(String text, Object[] values) throws SQLException {
    return target.createArrayOf(text, values);
  }

  @Override
  public Struct createStruct(String text, Object[] values) throws SQLException {
    return target.createStruct(text, values);
  }

  @Override
  public void setSchema(String text) throws SQLException {
    target.setSchema(text);
  }

  @Override
  public String getSchema() throws SQLException {
    return target.getSchema();
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    target.abort(executor);
  }

  @Override
  public void setNetworkTimeout(Executor executor, int number) throws SQLException {
    target.setNetworkTimeout(executor, number);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return target.getNetworkTimeout();
  }

  @Override
  public void beginRequest() throws SQLException {
    target.beginRequest();
  }

  @Override
  public void endRequest() throws SQLException {
    target.endRequest();
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey key, ShardingKey key2, int number)
      throws SQLException {
    return target.setShardingKeyIfValid(key, key2, number);
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey key, int number) throws SQLException {
    return target.setShardingKeyIfValid(key, number);
  }

  @Override
  public void setShardingKey(ShardingKey key, ShardingKey key2) throws SQLException {
    target.setShardingKey(key, key2);
  }

  @Override
  public void setShardingKey(ShardingKey key) throws SQLException {
    target.setShardingKey(key);
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
