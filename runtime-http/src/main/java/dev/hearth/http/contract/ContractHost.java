package dev.hearth.http.contract;

import dev.hearth.Hearth;
import java.util.Map;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** What a contract has of the process it is served in. Thread-safe. */
public interface ContractHost {

  /** The functions' host. */
  Hearth hearth();

  /** The process's variables, or what stands in for them; unmodifiable. */
  Map<String, String> environment();

  /**
   * Has the process end as its platform expects: calls under way may end, then it exits. Returns at once; the first
   * call counts.
   *
   * @param exitCode what the process exits with, unless calls have to be cut off
   * @param reason one line, for the log
   */
  void stop(int exitCode, String reason);

  /** A host whose process belongs to somebody else: being asked to stop is logged, and nothing more. */
  static ContractHost of(Hearth hearth, Map<String, String> environment) {
    return new Embedded(hearth, Map.copyOf(environment));
  }

  /** A contract in a service of somebody else's. */
  record Embedded(Hearth hearth, Map<String, String> environment) implements ContractHost {
    public Embedded {
      Objects.requireNonNull(hearth, "hearth");
    }

    @Override
    public void stop(int exitCode, String reason) {
      LoggerFactory.getLogger(ContractHost.class)
          .warn("the contract would end the process with exit code {}: {}", exitCode, reason);
    }
  }
}
