package dev.hearth.cli.verify;

import dev.hearth.loader.FunctionLoader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a handler's class refers to through its archive, the nearest first, and notes what is missing and what is risky.
 * Vendor APIs that are provided are not followed. One thread's.
 */
public final class ClassScan {

  /** Enough for any function's own code; the rest is not looked at, which the report says. */
  private static final int MOST_CLASSES = 20_000;

  private final FunctionLoader function;
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, ClassFile> files = new LinkedHashMap<>();
  private final Map<String, String> namedBy = new HashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new LinkedHashMap<>();
  private int release;
  private boolean cutShort;

  /**
   * @param function of the archive; it loads nothing
   */
  public ClassScan(FunctionLoader function) {
    this.function = function;
  }

  /** Follows everything that can be reached from this class. */
  public void follow(String className) {
    add(className, "the handler");
    for (String next = open.poll(); next != null; next = open.poll()) {
      visit(next);
    }
  }

  private void add(String className, String by) {
    if (seen.contains(className)) {
      return;
    }
    if (files.size() + open.size() >= MOST_CLASSES) {
      cutShort = true;
      return;
    }
    seen.add(className);
    namedBy.put(className, by);
    open.add(className);
  }

  private void visit(String className) {
    try {
      byte[] bytes = function.archiveClass(className);
      if (bytes != null) {
        note(ClassFile.read(bytes));
      } else if (!function.finds(className)) {
        missing.put(className, namedBy.getOrDefault(className, "the handler"));
      }
    } catch (IOException | IllegalArgumentException e) {
      unreadable.put(className, String.valueOf(e.getMessage()));
    }
  }

  private void note(ClassFile file) {
    files.put(file.name(), file);
    release = Math.max(release, file.release());
    for (ClassFile.Method method : file.methods()) {
      for (String named : method.code().classes()) {
        add(named, file.name() + "." + method.shown());
      }
    }
    for (String named : file.classes()) {
      add(named, file.name());
    }
  }

  /** The class of this name, if the scan has read it. */
  @Nullable ClassFile file(String className) {
    return files.get(className);
  }

  /** How many classes of the archive were read. */
  public int classes() {
    return files.size();
  }

  /** The newest Java release that one of them was compiled for. */
  public int release() {
    return release;
  }

  /** Whether there were more classes than are looked at. */
  public boolean isCutShort() {
    return cutShort;
  }

  /** Classes that neither the archive, nor the JDK, nor a provided API has, with the class and method that names each. */
  public Map<String, String> missing() {
    return Collections.unmodifiableMap(missing);
  }

  /** Classes whose files cannot be read, with what is wrong. */
  public Map<String, String> unreadable() {
    return Collections.unmodifiableMap(unreadable);
  }

  /**
   * What is risky in what was read.
   *
   * @param handlers classes whose static fields count as well
   */
  public List<Risk.Found> risks(List<String> handlers) {
    RiskSearch search = new RiskSearch(this);
    List<Risk.Found> found = new ArrayList<>();
    for (String handler : handlers) {
      search.addStaticState(handler, found);
    }
    for (ClassFile file : files.values()) {
      search.addOfCode(file, found);
    }
    return found;
  }
}
