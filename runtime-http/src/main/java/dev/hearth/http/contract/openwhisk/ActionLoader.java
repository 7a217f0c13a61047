package dev.hearth.http.contract.openwhisk;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import dev.hearth.http.contract.openwhisk.SourceCode.CompileException;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.BindingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes an action of what {@code /init} sent. Thread-safe. */
final class ActionLoader {

  /** The variable by which an operator lets activations run at once. */
  static final String ALLOW_CONCURRENT = "__OW_ALLOW_CONCURRENT";

  private static final String GSON = "openwhisk"; // the provided API
  private static final int MOST_AT_ONCE = 1000;

  /** The longest that an action's time limit may be; the platform ends the container earlier. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Hearth hearth;
  private final Map<String, String> environment;
  private final InstanceSettings instances;

  ActionLoader(ContractHost host) {
    hearth = host.hearth();
    environment = host.environment();
    boolean concurrent = "true".equalsIgnoreCase(environment.get(ALLOW_CONCURRENT));
    instances = new InstanceSettings(1, 1, concurrent ? MOST_AT_ONCE : 1, 1000);
  }

  /**
   * An action that can be run.
   *
   * @param variables what it sees of its environment; each activation changes them
   */
  record Loaded(FunctionHandle function, Map<String, String> variables) {}

  /** Says why an action cannot be run, in the words that the platform's Java runtime has for it. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Deploys what was sent. */
  Loaded load(InitRequest request, Field code) throws RefusedException {
    try (ActionCode written = ActionCode.write(code, request.binary(), hearth.providedApi(GSON))) {
      Map<String, String> variables = variables(request);
      FunctionSpec spec =
          with(
              FunctionSpec.builder(written.archive()).handler(request.handler()),
              variables,
              request);
      return new Loaded(hearth.deploy(name(request), spec), variables);
    } catch (DeployException e) {
      throw new RefusedException(explain(request, e), e);
    } catch (MalformedException | CompileException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException | Error e) {
      // Code runs here that may do anything, and a container that is refused an action is thrown
      // away.
      throw new RefusedException(Texts.of(e), e);
    }
  }

  /** Gives a function that was there from the start the variables of an action. */
  Loaded adopt(InitRequest request, FunctionHandle function) throws RefusedException {
    try {
      Map<String, String> variables = variables(request);
      FunctionSpec before = function.spec();
      FunctionSpec.Builder same =
          FunctionSpec.builder(before.archive()).behind(before.behind()).handler(before.handler());
      function.swap(with(same, variables, request));
      return new Loaded(function, variables);
    } catch (RuntimeException | Error e) {
      throw new RefusedException(Texts.of(e), e);
    }
  }

  private FunctionSpec with(
      FunctionSpec.Builder code, Map<String, String> variables, InitRequest request) {
    return code.env(request.env())
        .systemVariables(variables)
        .instances(instances)
        .queueTimeout(LONGEST)
        .initTimeout(LONGEST)
        .build();
  }

  /** What the process has, and what was sent over it. */
  private Map<String, String> variables(InitRequest request) {
    Map<String, String> variables = new ConcurrentHashMap<>(environment);
    variables.putAll(request.env());
    return variables;
  }

  private static String name(InitRequest request) {
    String name = request.name();
    return name != null && Hearth.isName(name) ? name : "action";
  }

  private static String explain(InitRequest request, DeployException refused) {
    Throwable cause = refused.getCause();
    String missing = "";
    if (cause instanceof ClassNotFoundException) {
      missing = cause.toString();
    } else if (cause instanceof NoSuchMethodException || cause instanceof BindingException) {
      missing = NoSuchMethodException.class.getName() + ": " + request.method();
    }
    return missing.isEmpty()
        ? String.valueOf(refused.getMessage())
        : missing + " (" + refused.getMessage() + ")";
  }
}
