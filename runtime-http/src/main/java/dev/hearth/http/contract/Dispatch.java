package dev.hearth.http.contract;

import dev.hearth.FunctionHandle;
import java.util.List;

/**
 * The decision to have functions called, as by {@link HttpExchange#dispatch}.
 *
 * @param functions at least one; only the last may be one that gives nothing
 * @param details what the contract knows about the call
 * @param outcomes makes the answer where the function gave none
 */
public record Dispatch(List<FunctionHandle> functions, CallDetails details, OutcomeMapper outcomes)
    implements Decision {

  public Dispatch {
    functions = List.copyOf(functions);
  }
}
