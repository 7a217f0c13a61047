package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.Streams;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the parts of the contract share. Thread-safe. */
final class Shared implements Streams.Tap {

  final EmulatorSettings settings;
  final Catalogue catalogue;
  final PlatformLines lines;
  final Streams streams;
  final Restarts restarts = new Restarts();

  private final ConcurrentMap<String, CallLog> running = new ConcurrentHashMap<>(); // by call's id
  private final ConcurrentMap<String, String> begun = new ConcurrentHashMap<>(); // version by name

  Shared(Catalogue catalogue, Streams streams) {
    this.settings = catalogue.settings();
    this.catalogue = catalogue;
    this.lines = new PlatformLines(settings.json(), settings.megabytes());
    this.streams = streams;
  }

  /** Has what a call prints told to its log, until {@link #forget}. */
  void follow(String id, CallLog log) {
    running.put(id, log);
  }

  /** Ends {@link #follow}. */
  void forget(String id, CallLog log) {
    running.remove(id, log);
  }

  /** Whether a call of this id is in its function. */
  boolean isFollowed(String id) {
    return running.containsKey(id);
  }

  /** Calls that are in their functions. */
  int followed() {
    return running.size();
  }

  @Override
  public void printed(String invocation, byte[] text, int length, boolean ended) {
    CallLog log = running.get(invocation);
    if (log != null) {
      log.keep(text, length, ended);
    }
  }

  /** Whether a call is the first that ends on a version as it was loaded; told once. */
  boolean isFirst(FunctionHandle function, String version) {
    return !version.equals(begun.put(function.name(), version));
  }
}
