package dev.hearth.http.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One platform: what its environment says about the function it wants served, and its contract. Stateless; has a
 * public constructor that takes nothing, and loads nothing before it is asked.
 */
public interface Platform {

  /** The name it is chosen by, such as {@code fission}. */
  String name();

  /**
   * What the platform's variables say about the function and where it is served; counts where neither the user nor a
   * settings file says otherwise.
   *
   * @param environment the process's variables, or what stands in for them
   * @throws IllegalArgumentException if a variable's value makes no sense; the message names both
   */
  default Start start(Map<String, String> environment) {
    return Start.NOTHING;
  }

  /** Whether there must be a function when it starts; false for one that is told later what to serve. */
  default boolean needsFunction() {
    return false;
  }

  /** How what functions print is written, in a process of Hearth's own. */
  default Printed printed() {
    return Printed.LOGGED;
  }

  /** The same, where the platform's variables decide. */
  default Printed printed(Map<String, String> environment) {
    return printed();
  }

  /**
   * Whether it gives a process to one function alone and is the only one to talk to it. Then what the function prints goes to the
   * platform as it is, instead of as lines of the host's log, and the admin port costs nothing until somebody asks.
   */
  default boolean ownsProcess() {
    return false;
  }

  /** Whether a process without a function waits for a request that says what to serve. */
  default boolean isSpecialised() {
    return false;
  }

  /**
   * What its first requests to a process without a function are like, in order, so that the process can rehearse them while it waits; none
   * where it does not wait.
   *
   * @param archive a jar with functions of JSON objects or text
   * @param handler the class of one of them
   * @throws IOException if the archive cannot be read
   */
  default List<Rehearsed> rehearsal(Path archive, String handler) throws IOException {
    return List.of();
  }

  /**
   * A new contract for a host.
   *
   * @throws IllegalArgumentException if a variable's value makes no sense; the message names both
   */
  Contract contract(ContractHost host);
}
