package dev.hearth.http.contract.knative;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.cloudevents.Event;
import dev.hearth.http.contract.Answer;
import dev.hearth.signature.spi.Shape;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which function a request is for. The only one takes everything. Of several, a path names one by its first segment, and an
 * event goes to the one whose trigger is its type, else to the one whose trigger is {@code *}: the rules of Quarkus Funqy's
 * Knative binding. A function's trigger is its variable {@code HEARTH_EVENT_TYPE}, or its name.
 */
final class Routing {

  private static final String TRIGGER = "HEARTH_EVENT_TYPE";
  private static final String ANY = "*";

  private final Hearth hearth;

  Routing(Hearth hearth) {
    this.hearth = hearth;
  }

  /** Says that there is no function for a request, or not one. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    static Refused notDeployed() {
      return new Refused(503, "no function is deployed");
    }

    Answer answer() {
      Answer answer = Answer.text(status, getMessage() + "\n");
      return status == 503 ? answer.header("Retry-After", "1") : answer;
    }
  }

  /** Whether there is no function at all. */
  boolean isEmpty() {
    return hearth.functions().isEmpty();
  }

  /** Whether the function that a path names, if there is one, has this shape. */
  boolean answersItself(String path, Shape shape) {
    try {
      return forPath(path).shape() == shape;
    } catch (Refused none) {
      return false;
    }
  }

  /** The function for an HTTP request. */
  FunctionHandle forPath(String path) throws Refused {
    FunctionHandle only = only();
    if (only != null) {
      return only;
    }
    int slash = path.indexOf('/', 1);
    String name = slash < 0 ? path.substring(1) : path.substring(1, slash);
    FunctionHandle named = hearth.function(name).orElse(null);
    if (named == null) {
      throw new Refused(404, "no function at " + path + "; use /{function}");
    }
    return named;
  }

  /** The function for an event. */
  FunctionHandle forEvent(Event event) throws Refused {
    FunctionHandle only = only();
    if (only != null) {
      return only;
    }
    String type = String.valueOf(event.text("type"));
    FunctionHandle exact = triggeredBy(type, type);
    FunctionHandle found = exact == null ? triggeredBy(ANY, type) : exact;
    if (found == null) {
      throw new Refused(
          404, "no function takes events of type '" + type + "'; set one's " + TRIGGER + " to it");
    }
    return found;
  }

  private @Nullable FunctionHandle only() throws Refused {
    Collection<FunctionHandle> all = hearth.functions();
    if (all.isEmpty()) {
      throw Refused.notDeployed();
    }
    return all.size() == 1 ? all.iterator().next() : null;
  }

  private @Nullable FunctionHandle triggeredBy(String trigger, String type) throws Refused {
    FunctionHandle found = null;
    for (FunctionHandle function : hearth.functions()) {
      if (trigger.equals(function.spec().env().getOrDefault(TRIGGER, function.name()))) {
        if (found != null) {
          throw new Refused(
              409,
              "functions '"
                  + found.name()
                  + "' and '"
                  + function.name()
                  + "' both take events of type '"
                  + type
                  + "'; give one another "
                  + TRIGGER);
        }
        found = function;
      }
    }
    return found;
  }
}
