package dev.hearth.http.contract;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.loader.DeployException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** What a contract has of the process it is served in. Thread-safe. */
public interface ContractHost {

  /** The functions' host. */
  Hearth hearth();

  /**
   * The function of a contract that has one only.
   *
   * @param contract the contract's name, for the message
   * @throws DeployException if there is none, or more than one
   */
  default FunctionHandle onlyFunction(String contract) {
    List<FunctionHandle> deployed = List.copyOf(hearth().functions());
    if (deployed.size() != 1) {
      throw new DeployException(
          "contract "
              + contract
              + " calls one function, but "
              + deployed.size()
              + " are deployed; give it one archive");
    }
    return deployed.get(0);
  }

  /** The process's variables, or what stands in for them; unmodifiable. */
  Map<String, String> environment();

  /** The process's standard output and standard error. */
  Streams streams();

  /**
   * Tries again to deploy the functions that could not be deployed when the process started; on a thread that may block. A host
   * whose functions somebody else deploys does nothing.
   *
   * @throws dev.hearth.loader.DeployException if one still cannot be served
   */
  default void deployAgain() {}

  /**
   * Has the process end as its platform expects: calls under way may end, then it exits. Returns at once; the first
   * call counts.
   *
   * @param exitCode what the process exits with, unless calls have to be cut off
   * @param reason one line, for the log
   */
  void stop(int exitCode, String reason);

  /**
   * A host whose process belongs to somebody else: being asked to stop is logged, and nothing more. Its streams are {@link
   * Streams#ofSystem}.
   */
  static ContractHost of(Hearth hearth, Map<String, String> environment) {
    return of(hearth, environment, Streams.ofSystem());
  }

  /** The same with other streams. */
  static ContractHost of(Hearth hearth, Map<String, String> environment, Streams streams) {
    return new Embedded(hearth, Map.copyOf(environment), streams);
  }

  /** A contract in a service of somebody else's. */
  record Embedded(Hearth hearth, Map<String, String> environment, Streams streams)
      implements ContractHost {
    public Embedded {
      Objects.requireNonNull(hearth, "hearth");
      Objects.requireNonNull(streams, "streams");
    }

    @Override
    public void stop(int exitCode, String reason) {
      LoggerFactory.getLogger(ContractHost.class)
          .warn("the contract would end the process with exit code {}: {}", exitCode, reason);
    }
  }
}
