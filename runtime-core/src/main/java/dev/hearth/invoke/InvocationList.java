package dev.hearth.invoke;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invocations in the order of their admission, each in one list at most. The links are the invocations' own, so that adding and
 * taking one out allocates nothing and asks for no hash. Not thread-safe: its owner's lock guards it and the links.
 */
public final class InvocationList {

  private @Nullable Invocation first;
  private @Nullable Invocation last;
  private int size;

  /** Adds one that is in no list. */
  public void add(Invocation invocation) {
    invocation.listed = true;
    invocation.previous = last;
    if (last == null) {
      first = invocation;
    } else {
      last.next = invocation;
    }
    last = invocation;
    size++;
  }

  /** Takes one out; nothing happens when it is not there any more. */
  public void remove(Invocation invocation) {
    if (!invocation.listed) {
      return;
    }
    Invocation before = invocation.previous;
    Invocation after = invocation.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    invocation.listed = false;
    invocation.previous = null;
    invocation.next = null;
    size--;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Those that are there now. */
  public List<Invocation> copy() {
    List<Invocation> all = new ArrayList<>(size);
    for (Invocation each = first; each != null; each = each.next) {
      all.add(each);
    }
    return all;
  }
}
