package dev.hearth.signature.plain;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the method that a handler names. */
final class Methods {

  private static final int MAX_LISTED = 10;

  private Methods() {}

  /**
   * The public method of this name. Among several, one that takes what another takes, and the context or
   * the headers in addition, goes before it.
   *
   * @throws BindingException if there is none, or no one that fits best
   */
  static Method find(Class<?> type, Generics generics, String name) {
    List<Method> named = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && !method.isBridge() && !method.isSynthetic()) {
        named.add(method);
      }
    }
    if (named.isEmpty()) {
      throw missing(type, name);
    }
    return named.size() == 1 ? named.get(0) : best(type, generics, name, named);
  }

  private static Method best(
      Class<?> type, Generics generics, String name, List<Method> overloads) {
    List<Method> usable = new ArrayList<>();
    List<Parameters> parameters = new ArrayList<>();
    for (Method method : overloads) {
      try {
        parameters.add(Parameters.of(method, generics, name));
        usable.add(method);
      } catch (BindingException e) {
        // Not one that can be called; the others may be.
      }
    }
    if (usable.isEmpty()) {
      return overloads.get(0); // binding it says what is wrong
    }
    for (int i = 0; i < usable.size(); i++) {
      if (addsToAllOthers(parameters, i)) {
        return usable.get(i);
      }
    }
    throw ambiguous(type, name, usable);
  }

  private static boolean addsToAllOthers(List<Parameters> all, int one) {
    for (int i = 0; i < all.size(); i++) {
      if (i != one && !all.get(one).addTo(all.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static BindingException ambiguous(Class<?> type, String name, List<Method> usable) {
    SortedSet<String> listed = new TreeSet<>();
    for (Method method : usable) {
      listed.add(written(method));
    }
    return new BindingException(
        "handler "
            + type.getName()
            + "::"
            + name
            + " is ambiguous, as the class has "
            + usable.size()
            + " such public methods: "
            + joined(listed)
            + "; leave one, or give it another name");
  }

  private static BindingException missing(Class<?> type, String name) {
    SortedSet<String> offered = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() != Object.class && !method.isSynthetic()) {
        offered.add(method.getName());
      }
    }
    return new BindingException(
        "handler class "
            + type.getName()
            + " has no public method '"
            + name
            + (offered.isEmpty() ? "', nor any other" : "'; it has " + joined(offered)));
  }

  private static String written(Method method) {
    StringBuilder text = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : method.getParameterTypes()) {
      text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ")
          .append(parameter.getSimpleName());
    }
    return text.append(')').toString();
  }

  private static String joined(SortedSet<String> names) {
    List<String> shown = new ArrayList<>();
    for (String name : names) {
      if (shown.size() == MAX_LISTED) {
        shown.add("and " + (names.size() - MAX_LISTED) + " more");
        break;
      }
      shown.add(name);
    }
    return String.join(", ", shown);
  }
}
