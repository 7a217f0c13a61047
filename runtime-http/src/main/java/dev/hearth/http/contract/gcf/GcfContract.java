package dev.hearth.http.contract.gcf;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.RequestId;
import dev.hearth.loader.DeployException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Functions Framework's contract: all paths and methods are the one function's, but {@code /robots.txt} and {@code /favicon.ico}.
 *
 * <p>What the function is decides how it is called: {@code FUNCTION_SIGNATURE_TYPE} of its own variables, else of the process; without it an event
 * function of the vendor's takes events, any other requests.
 */
public final class GcfContract implements Contract {

  private static final int LONGEST_ID = 128;
  private static final Answer RESERVED = Answer.empty(404);
  private static final String NO_FUNCTION = "there is not exactly one function to serve";

  private final Hearth hearth;
  private final Map<String, String> environment;
  private final GcfOutcomes answers;
  private final GcfOutcomes typed;
  private final GcfOutcomes events;
  private volatile @Nullable FunctionHandle function; // the one found last

  /**
   * @param environment the process's variables, or what stands in for them
   * @throws IllegalArgumentException if a variable's value makes no sense
   */
  public GcfContract(Hearth hearth, Map<String, String> environment) {
    this.hearth = requireNonNull(hearth, "hearth");
    this.environment = Map.copyOf(environment);
    SignatureType.of(environment); // refuses what makes no sense
    int timeoutStatus = GcfOutcomes.timeoutStatus(environment);
    this.answers = new GcfOutcomes(GcfOutcomes.Kind.ANSWERS, timeoutStatus);
    this.typed = new GcfOutcomes(GcfOutcomes.Kind.TYPED, timeoutStatus);
    this.events = new GcfOutcomes(GcfOutcomes.Kind.EVENTS, timeoutStatus);
  }

  @Override
  public String name() {
    return "gcf";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", 8080);
  }

  @Override
  public void open() {
    Collection<FunctionHandle> functions = hearth.functions();
    for (FunctionHandle each : functions) {
      requireType(each);
    }
    if (functions.size() > 1) {
      throw new DeployException(
          "contract gcf serves one function, but there are "
              + functions.size()
              + " ("
              + names(functions)
              + "); start one process for each, or serve them with --contract native");
    }
  }

  private void requireType(FunctionHandle each) {
    try {
      type(each);
    } catch (IllegalArgumentException e) {
      throw new DeployException("function '" + each.name() + "': " + e.getMessage(), e);
    }
  }

  private static String names(Collection<FunctionHandle> functions) {
    StringBuilder names = new StringBuilder();
    for (FunctionHandle function : functions) {
      names.append(names.length() == 0 ? "" : ", ").append(function.name());
    }
    return names.toString();
  }

  @Override
  public @Nullable String notReady() {
    return function() == null ? NO_FUNCTION : null;
  }

  /** The one function there is, or null; one that was found stays the one for as long as it is deployed. */
  private @Nullable FunctionHandle function() {
    FunctionHandle known = function;
    if (known != null && known.isDeployed()) {
      return known;
    }
    Collection<FunctionHandle> functions = hearth.functions();
    known = functions.size() == 1 ? functions.iterator().next() : null;
    function = known;
    return known;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    if (ReservedPaths.contains(request.path())) {
      exchange.answer(RESERVED);
      return;
    }
    FunctionHandle called = function();
    GcfOutcomes.Kind kind = called == null ? null : kind(called);
    if (called == null || kind == null) {
      exchange.answer(Answer.text(503, NO_FUNCTION + "\n").header("Retry-After", "1"));
    } else {
      call(exchange, request, called, kind);
    }
  }

  private void call(
      HttpExchange exchange, Request request, FunctionHandle called, GcfOutcomes.Kind kind) {
    Answer refused = kind == GcfOutcomes.Kind.EVENTS ? EventCheck.refuse(request) : null;
    if (refused != null) {
      exchange.answer(refused);
    } else {
      exchange.dispatch(List.of(called), details(request), outcomes(kind));
    }
  }

  private GcfOutcomes outcomes(GcfOutcomes.Kind kind) {
    return switch (kind) {
      case ANSWERS -> answers;
      case TYPED -> typed;
      case EVENTS -> events;
    };
  }

  /** Null for a function that is just being removed. */
  private GcfOutcomes.@Nullable Kind kind(FunctionHandle called) {
    try {
      return GcfOutcomes.kind(called, type(called));
    } catch (IllegalStateException gone) {
      return null;
    }
  }

  private @Nullable SignatureType type(FunctionHandle function) {
    Map<String, String> own = function.spec().env();
    return SignatureType.of(own.containsKey(SignatureType.VARIABLE) ? own : environment);
  }

  private static CallDetails details(Request request) {
    String id = RequestId.of(request, "Function-Execution-Id", LONGEST_ID);
    if (id == null) {
      // The name that the vendor's Java runtime looks for.
      id = RequestId.of(request, "HTTP_FUNCTION_EXECUTION_ID", LONGEST_ID);
    }
    return CallDetails.builder().id(id).traceparent(Trace.parent(request)).build();
  }
}
