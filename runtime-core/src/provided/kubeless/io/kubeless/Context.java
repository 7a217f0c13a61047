package io.kubeless;

/** What a function is told about itself; its fields are public for the reason given at {@link Event}. */
public class Context {

  public String functionName;
  public String timeout;
  public String runtime;
  public String memoryLimit;

  public Context(String functionName, String timeout, String runtime, String memoryLimit) {
    this.functionName = functionName;
    this.timeout = timeout;
    this.runtime = runtime;
    this.memoryLimit = memoryLimit;
  }
}
