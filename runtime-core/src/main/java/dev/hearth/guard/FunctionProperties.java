package dev.hearth.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The system's properties as one function sees them: those of the process, with what the function changed. What it changes nobody else
 * sees; except texts under names that the JDK itself reads, which would be of no use otherwise: those it changes for the process, until its
 * version is over. Sets of keys and values are copies. Defined once more in each function's loader. Thread-safe.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // reading needs no lock
final class FunctionProperties extends Properties {

  private static final long serialVersionUID = 1L;

  private static final Object REMOVED = new Object();

  /** How the names begin that the JDK reads, as its guides to networking and security and {@link System#getProperties} have them. */
  private static final String[] OF_THE_JDK = {
    "java.", "javax.", "jdk.", "sun.", "com.sun.", "http.", "https.", "ftp.", "socksProxy",
    "socksNonProxy", "user.", "file.", "line.", "path.", "native.", "stdout.", "stderr.", "awt.",
    "swing.", "networkaddress."
  };

  private final transient Map<Object, Object> changes = new ConcurrentHashMap<>();

  /** What the process had before under names of the JDK's; {@link #REMOVED} for nothing. */
  private final transient Map<String, Object> before = new ConcurrentHashMap<>();

  FunctionProperties() {}

  @SuppressWarnings("SystemGetProperties") // this class is what others are given instead
  private static Properties process() {
    return System.getProperties();
  }

  private static boolean isOfTheJdk(Object key) {
    if (key instanceof String name) {
      for (String prefix : OF_THE_JDK) {
        if (name.startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Sets those of the process to what they were; gives their names. */
  synchronized List<Object> restore() {
    List<Object> names = new ArrayList<>(before.keySet());
    before.forEach(
        (name, value) -> {
          if (value == REMOVED) {
            process().remove(name);
          } else {
            process().put(name, value);
          }
        });
    before.clear();
    return names;
  }

  private void setForAll(String name, @Nullable String value) {
    Object was = value == null ? process().remove(name) : process().put(name, value);
    before.putIfAbsent(name, was == null ? REMOVED : was);
  }

  private Properties merged() {
    Properties merged = new Properties();
    Properties process = process();
    synchronized (process) {
      for (String name : process.stringPropertyNames()) {
        merged.setProperty(name, process.getProperty(name)); // those given as defaults, too
      }
      merged.putAll(process);
    }
    changes.forEach(
        (key, value) -> {
          if (value == REMOVED) {
            merged.remove(key);
          } else {
            merged.put(key, value);
          }
        });
    return merged;
  }

  /** Makes them what these are; those of the process if there are none. */
  synchronized void become(@Nullable Properties others) {
    if (others == null) {
      changes.clear();
      return;
    }
    clear();
    for (String name : others.stringPropertyNames()) { // a whole set is the function's own alone
      changes.put(name, others.getProperty(name));
    }
    changes.putAll(others);
  }

  @Override
  public @Nullable Object get(Object key) {
    Object changed = changes.get(key);
    if (changed != null) {
      return changed == REMOVED ? null : changed;
    }
    Object here = process().get(key);
    return here == null && key instanceof String name ? process().getProperty(name) : here;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return get(Objects.requireNonNull(key)) instanceof String text ? text : null;
  }

  @Override
  public @Nullable String getProperty(String key, @Nullable String otherwise) {
    String found = getProperty(key);
    return found == null ? otherwise : found;
  }

  @Override
  public synchronized @Nullable Object setProperty(String key, String value) {
    return put(key, value);
  }

  @Override
  public synchronized @Nullable Object put(Object key, Object value) {
    Object was = get(key);
    if (isOfTheJdk(key) && value instanceof String text) {
      changes.remove(key);
      setForAll((String) key, text);
    } else {
      changes.put(key, Objects.requireNonNull(value));
    }
    return was;
  }

  @Override
  public synchronized @Nullable Object remove(Object key) {
    Object was = get(key);
    if (isOfTheJdk(key) && !changes.containsKey(key)) {
      setForAll((String) key, null);
    } else {
      changes.put(key, REMOVED);
    }
    return was;
  }

  @Override
  public synchronized void putAll(Map<?, ?> all) {
    all.forEach(this::put);
  }

  @Override
  public synchronized void clear() {
    for (Object key : merged().keySet()) {
      changes.put(key, REMOVED);
    }
  }

  @Override
  public Object getOrDefault(Object key, Object otherwise) {
    Object found = get(key);
    return found == null ? otherwise : found;
  }

  @Override
  public synchronized @Nullable Object putIfAbsent(Object key, Object value) {
    Object was = get(key);
    return was == null ? put(key, value) : was;
  }

  @Override
  public synchronized boolean remove(Object key, Object value) {
    boolean same = value.equals(get(key));
    if (same) {
      remove(key);
    }
    return same;
  }

  @Override
  public synchronized boolean replace(Object key, Object old, Object value) {
    boolean same = old.equals(get(key));
    if (same) {
      put(key, value);
    }
    return same;
  }

  @Override
  public synchronized @Nullable Object replace(Object key, Object value) {
    return get(key) == null ? null : put(key, value);
  }

  @Override
  public synchronized void replaceAll(BiFunction<? super Object, ? super Object, ?> change) {
    merged().forEach((key, value) -> put(key, change.apply(key, value)));
  }

  @Override
  public synchronized @Nullable Object computeIfAbsent(
      Object key, Function<? super Object, ?> make) {
    Object was = get(key);
    return was == null ? changed(key, make.apply(key)) : was;
  }

  @Override
  public synchronized @Nullable Object computeIfPresent(
      Object key, BiFunction<? super Object, ? super Object, ?> change) {
    Object was = get(key);
    return was == null ? null : changed(key, change.apply(key, was));
  }

  @Override
  public synchronized @Nullable Object compute(
      Object key, BiFunction<? super Object, ? super @Nullable Object, ?> change) {
    return changed(key, change.apply(key, get(key)));
  }

  @Override
  public synchronized @Nullable Object merge(
      Object key, Object value, BiFunction<? super Object, ? super Object, ?> change) {
    Object was = get(key);
    return changed(key, was == null ? value : change.apply(was, value));
  }

  private @Nullable Object changed(Object key, @Nullable Object value) {
    if (value == null) {
      remove(key);
    } else {
      put(key, value);
    }
    return value;
  }

  @Override
  public int size() {
    return merged().size();
  }

  @Override
  public boolean isEmpty() {
    return merged().isEmpty();
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public boolean contains(Object value) {
    return merged().containsValue(value);
  }

  @Override
  public boolean containsValue(Object value) {
    return merged().containsValue(value);
  }

  @Override
  public Enumeration<Object> keys() {
    return merged().keys();
  }

  @Override
  public Enumeration<Object> elements() {
    return merged().elements();
  }

  @Override
  public Enumeration<?> propertyNames() {
    return merged().propertyNames();
  }

  @Override
  public Set<String> stringPropertyNames() {
    return merged().stringPropertyNames();
  }

  @Override
  public Set<Object> keySet() {
    return Collections.unmodifiableSet(merged().keySet());
  }

  @Override
  public Collection<Object> values() {
    return Collections.unmodifiableCollection(merged().values());
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return Collections.unmodifiableMap(merged()).entrySet();
  }

  @Override
  public void forEach(BiConsumer<? super Object, ? super Object> action) {
    merged().forEach(action);
  }

  @Override
  public synchronized Object clone() {
    return merged();
  }

  @Override
  public synchronized String toString() {
    return merged().toString();
  }

  @Override
  public synchronized boolean equals(@Nullable Object other) {
    return this == other || merged().equals(other);
  }

  @Override
  public synchronized int hashCode() {
    return merged().hashCode();
  }
}
