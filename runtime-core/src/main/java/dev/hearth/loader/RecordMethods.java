package dev.hearth.loader;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import org.slf4j.LoggerFactory;

/**
 * Makes the JDK forget the record whose methods it linked last.
 *
 * <p>{@link ObjectMethods} adapts a few method handles of its own to each record's types, and each handle remembers its last adaptation:
 * up to JDK 18 with a plain reference to the record's class, and so to its loader, until some other record's turn. Linking a record of
 * the host makes it that one's turn.
 */
final class RecordMethods {

  private RecordMethods() {}

  /** Stands in for the last record; its component is of a type that no function defines. */
  private record Nobodys(RecordMethods value) {}

  static void forgetLast() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      MethodHandle getter =
          lookup.findVirtual(Nobodys.class, "value", MethodType.methodType(RecordMethods.class));
      link(
          lookup,
          "equals",
          MethodType.methodType(boolean.class, Nobodys.class, Object.class),
          getter);
      link(lookup, "hashCode", MethodType.methodType(int.class, Nobodys.class), getter);
      link(lookup, "toString", MethodType.methodType(String.class, Nobodys.class), getter);
    } catch (Throwable e) {
      LoggerFactory.getLogger(RecordMethods.class)
          .warn("the JDK may hold the class of a record until another one is used", e);
    }
  }

  private static void link(
      MethodHandles.Lookup lookup, String method, MethodType type, MethodHandle getter)
      throws Throwable {
    Object linked = ObjectMethods.bootstrap(lookup, method, type, Nobodys.class, "value", getter);
    if (linked == null) {
      throw new IllegalStateException(method + " was not linked");
    }
  }
}
