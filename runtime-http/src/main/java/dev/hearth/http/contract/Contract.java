package dev.hearth.http.contract;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One platform's wire protocol, for one host.
 *
 * <p>{@link #open}, then any number of {@link #handle} at once on any of the server's event loops, then {@link
 * #close}. A contract that calls its platform instead of being called says {@link Listen#NOWHERE} and does its work
 * between {@code open} and {@code close}; it is never asked to handle anything.
 */
public interface Contract extends AutoCloseable {

  /** The name it is chosen by, such as {@code fission}. */
  String name();

  /** Where its platform expects it when nobody says otherwise. */
  Listen defaults();

  /** Whether its platform speaks HTTP/2 to it on a connection that is not secured. */
  default boolean speaksHttp2() {
    return false;
  }

  /**
   * Whether its platform bounds the time of its requests and connections itself, so that the server is to set no bounds of its own;
   * for a platform that is the only one to connect.
   */
  default boolean isPatient() {
    return false;
  }

  /** What it calls, as a URL, where it listens {@link Listen#NOWHERE}; for the ready line. */
  default String calls() {
    return "";
  }

  /**
   * Tells that functions are being deployed, before {@link #open}; for a platform that gives the process less time to listen than a
   * function may need to start.
   *
   * @return whether it is opened at once and lets calls wait by itself; then {@link #deployed} follows, or {@link #refused}
   */
  default boolean deploying() {
    return false;
  }

  /**
   * Tells that the functions are deployed, after {@link #deploying} and {@link #open}.
   *
   * @throws dev.hearth.loader.DeployException if it cannot serve them
   */
  default void deployed() {}

  /**
   * Takes it on itself to tell its platform that the function cannot be served, instead of ending the process. Called at
   * most once, before {@link #open} unless {@link #deploying} said otherwise, on a thread that may block.
   *
   * @param failure why: what deploying it threw
   * @return whether the process goes on; if so, {@link #open} follows unless it was called
   */
  default boolean refused(RuntimeException failure) {
    return false;
  }

  /** Starts what it does by itself. The server, if it has one, is about to accept. */
  default void open() {}

  /**
   * Decides what becomes of a request whose head has arrived. Runs on an event loop and must not block; calls exactly
   * one of the exchange's three ways out, before it returns.
   */
  void handle(HttpExchange exchange);

  /** Why calls cannot be served now, in one line; null when they can. Asked by the ready page. */
  default @Nullable String notReady() {
    return null;
  }

  /**
   * Takes no more work from a platform that it calls, and lets calls under way end; for contracts that listen {@link
   * Listen#NOWHERE}. Called once, before {@link #close}, on a thread that may block.
   *
   * @return whether all ended within the bound
   */
  default boolean drain(Duration bound) {
    return true;
  }

  /**
   * Tells that the server is about to stop. Called once, on a thread that may block.
   *
   * @return whether requests are still taken until those under way have been answered, which is for a contract that refuses
   *     them itself from now on; otherwise the port is closed first
   */
  default boolean stopping() {
    return false;
  }

  /**
   * As {@link #stopping()}, for a contract that keeps serving for a while as if nothing had happened: until this returns, requests
   * are taken as ever.
   *
   * @param bound how long the server may take to stop, this included
   */
  default boolean stopping(Duration bound) {
    return stopping();
  }

  /** What is served beside it. Asked once, after {@link #open}; opened before its own port and closed after it. */
  default List<Beside> beside() {
    return List.of();
  }

  /** Stops what it does by itself; functions are the host's and stay. Twice is once. */
  @Override
  default void close() {}
}
