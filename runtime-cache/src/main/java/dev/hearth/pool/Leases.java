package dev.hearth.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.invoke.Invocation;
import java.util.ArrayList;
import java.util.List;

/** The connections that one call has borrowed and not given back. Thread-safe: a call may hand them to threads of its own. */
final class Leases extends Invocation.Attachment {

  private final Invocation call;

  @GuardedBy("this")
  private final List<LentConnection> open = new ArrayList<>(2);

  private Leases(Invocation call) {
    this.call = call;
  }

  /** Those of a call. */
  static Leases of(Invocation call) {
    Leases known = call.attached(Leases.class);
    if (known == null) {
      known = new Leases(call);
      call.attach(known);
    }
    return known;
  }

  synchronized void add(LentConnection lent) {
    open.add(lent);
  }

  synchronized void remove(LentConnection lent) {
    open.remove(lent); // mostly the only one
  }

  private synchronized List<LentConnection> copy() {
    return open.isEmpty() ? List.of() : new ArrayList<>(open);
  }

  @Override
  protected void stopped() {
    for (LentConnection each : copy()) {
      each.cancelLater();
    }
  }

  @Override
  protected void over() {
    for (LentConnection each : copy()) {
      each.takeBack(call.id());
    }
  }
}
