package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Fields.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bean or a map of the parameters of a query (Quarkus' guide to Funqy's HTTP binding, section on GET). Dots in a name lead into
 * what a property holds; what follows the name of a list of beans tells its elements apart. Parameters of unknown names are left out.
 */
final class QueryMapper {

  /** Beans in beans; a name with more dots means nothing that anyone wrote. */
  private static final int MAX_DEPTH = 50;

  private QueryMapper() {}

  /**
   * Reads a value.
   *
   * @throws InputException if a value does not fit, or the type is none that a query can fill
   */
  static Object read(List<Field> fields, Type type) throws InputException {
    Class<?> raw = Generics.raw(type);
    if (raw != Map.class && (Scalars.knows(raw) || raw.isInterface() || raw.isArray())) {
      throw InputException.malformed(
          "a query cannot be made into "
              + type.getTypeName()
              + ", which the function takes; send a body with POST",
          null);
    }
    Node root = new Node();
    for (Field field : fields) {
      root.add(field.name(), field.value(), 0);
    }
    return value(root, type);
  }

  /** What was sent for a name: values, and what was sent for names behind a dot. */
  private static final class Node {
    final List<String> values = new ArrayList<>();
    final Map<String, Node> members = new LinkedHashMap<>();

    void add(String name, String value, int depth) throws InputException {
      if (depth > MAX_DEPTH) {
        throw InputException.malformed(
            "a parameter's name has more than " + MAX_DEPTH + " dots", null);
      }
      int dot = name.indexOf('.');
      String first = dot < 0 ? name : name.substring(0, dot);
      Node member = members.computeIfAbsent(first, absent -> new Node());
      if (dot < 0) {
        member.values.add(value);
      } else {
        member.add(name.substring(dot + 1), value, depth + 1);
      }
    }
  }

  private static Object value(Node node, Type type) throws InputException {
    Class<?> raw = Generics.raw(type);
    if (Scalars.knows(raw)) {
      return node.values.isEmpty() ? nothing(raw) : Scalars.read(last(node), raw);
    }
    if (raw == Map.class) {
      return map(node, type);
    }
    if (raw == List.class || raw == Set.class || raw == Collection.class) {
      Collection<Object> elements = raw == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
      return elements(node, Generics.argument(type, 0), elements);
    }
    return bean(node, raw);
  }

  private static String last(Node node) {
    return node.values.get(node.values.size() - 1);
  }

  private static Object nothing(Class<?> type) throws InputException {
    throw InputException.malformed(
        "a parameter leads into a " + type.getName() + ", which has no properties", null);
  }

  private static Map<Object, Object> map(Node node, Type type) throws InputException {
    Class<?> keys = Generics.raw(Generics.argument(type, 0));
    Type values = Generics.argument(type, 1);
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Node> member : node.members.entrySet()) {
      Object key = keys == Object.class ? member.getKey() : Scalars.read(member.getKey(), keys);
      map.put(key, value(member.getValue(), textIfUnknown(values)));
    }
    return map;
  }

  private static Type textIfUnknown(Type type) {
    return type == Object.class ? String.class : type;
  }

  private static Collection<Object> elements(Node node, Type element, Collection<Object> elements)
      throws InputException {
    Type known = textIfUnknown(element);
    Class<?> raw = Generics.raw(known);
    if (Scalars.knows(raw)) {
      for (String value : node.values) {
        elements.add(Scalars.read(value, raw));
      }
    } else {
      for (Node member : node.members.values()) {
        elements.add(value(member, known));
      }
    }
    return elements;
  }

  private static Object bean(Node node, Class<?> type) throws InputException {
    Object bean = construct(type);
    for (Method method : type.getMethods()) {
      String property = property(method);
      Node member = property == null ? null : node.members.get(property);
      if (member != null) {
        Type taken = Generics.of(type).resolve(method.getGenericParameterTypes()[0]);
        set(bean, method, value(member, taken));
      }
    }
    return bean;
  }

  private static @Nullable String property(Method method) {
    String name = method.getName();
    if (Modifier.isStatic(method.getModifiers())
        || method.isBridge()
        || method.getParameterCount() != 1
        || !name.startsWith("set")
        || name.length() == 3) {
      return null;
    }
    return Character.toLowerCase(name.charAt(3)) + name.substring(4);
  }

  private static Object construct(Class<?> type) throws InputException {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw InputException.malformed("a " + type.getName() + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw InputException.malformed(
          "a query cannot be made into a "
              + type.getName()
              + ", which has no constructor without parameters; send a body with POST",
          e);
    }
  }

  private static void set(Object bean, Method setter, Object value) throws InputException {
    try {
      setter.setAccessible(true);
      setter.invoke(bean, value);
    } catch (InvocationTargetException e) {
      throw InputException.malformed(
          "parameter " + property(setter) + " is not taken: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw InputException.malformed("property " + property(setter) + " cannot be set", e);
    }
  }
}
