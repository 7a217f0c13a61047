package dev.hearth.cli.verify;

import dev.hearth.cli.verify.ClassFile.Field;
import dev.hearth.cli.verify.ClassFile.Method;
import dev.hearth.cli.verify.Risk.Found;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds risks in the class files of one scan. */
final class RiskSearch {

  private static final String THREAD = "java.lang.Thread";

  /** Types whose objects can be changed and are not made for calls that run at once. */
  private static final Set<String> UNSAFE =
      Set.of(
          "Ljava/util/ArrayList;",
          "Ljava/util/LinkedList;",
          "Ljava/util/HashMap;",
          "Ljava/util/LinkedHashMap;",
          "Ljava/util/TreeMap;",
          "Ljava/util/HashSet;",
          "Ljava/util/LinkedHashSet;",
          "Ljava/util/TreeSet;",
          "Ljava/util/ArrayDeque;",
          "Ljava/util/PriorityQueue;",
          "Ljava/util/BitSet;",
          "Ljava/util/Calendar;",
          "Ljava/util/Date;",
          "Ljava/text/DateFormat;",
          "Ljava/text/SimpleDateFormat;",
          "Ljava/text/NumberFormat;",
          "Ljava/text/DecimalFormat;",
          "Ljava/text/MessageFormat;",
          "Ljava/security/MessageDigest;",
          "Ljavax/crypto/Cipher;",
          "Ljavax/crypto/Mac;",
          "Ljava/lang/StringBuilder;");

  private final ClassScan scan;

  RiskSearch(ClassScan scan) {
    this.scan = scan;
  }

  /** Adds what a handler and the classes it extends keep in static fields that can change. */
  void addStaticState(String handler, List<Found> found) {
    for (ClassFile file = scan.file(handler); file != null; file = superclass(file)) {
      for (Field field : file.fields()) {
        String what = field.isStatic() && !field.isSynthetic() ? changeable(field) : null;
        if (what != null) {
          found.add(new Found(Risk.STATIC, file.name() + "." + field.name(), what));
        }
      }
    }
  }

  private @Nullable ClassFile superclass(ClassFile file) {
    return file.superName() == null ? null : scan.file(file.superName());
  }

  private static @Nullable String changeable(Field field) {
    if (!field.isFinal()) {
      return "is static and not final";
    }
    String type = field.descriptor();
    if (type.startsWith("[")) {
      return "is a static array";
    }
    return UNSAFE.contains(type)
        ? "is a static " + type.substring(1, type.length() - 1).replace('/', '.')
        : null;
  }

  /** Adds what the methods of a class are and call. */
  void addOfCode(ClassFile file, List<Found> found) {
    for (Method method : file.methods()) {
      String where = file.name() + "." + method.shown();
      if (method.isNative()) {
        found.add(new Found(Risk.NATIVE, where, "is native"));
      }
      Set<Found> once = new LinkedHashSet<>();
      for (Use call : method.code().calls()) {
        Risk risk = risk(file, method, call);
        if (risk != null) {
          once.add(new Found(risk, where, "calls " + call.shown()));
        }
      }
      found.addAll(once);
    }
  }

  private @Nullable Risk risk(ClassFile file, Method method, Use call) {
    if (isStart(call) && !makesDaemons(method) && !isMadeDaemon(call.owner())) {
      return Risk.THREAD;
    }
    // A thread pool that extends the JDK's passes on what its own callers say.
    boolean toSuper = call.name().equals("<init>") && call.owner().equals(file.superName());
    return toSuper ? null : RiskyCalls.of(call);
  }

  private boolean isStart(Use call) {
    if (!call.name().equals("start") || !call.descriptor().equals("()V")) {
      return false;
    }
    String type = call.owner();
    for (ClassFile file = scan.file(type); file != null; file = superclass(file)) {
      type = String.valueOf(file.superName());
    }
    return type.equals(THREAD);
  }

  private static boolean makesDaemons(Method method) {
    return method.code().calls().stream()
        .anyMatch(call -> call.name().equals("setDaemon") && call.descriptor().equals("(Z)V"));
  }

  /** Whether a class of threads says itself that they are daemons. */
  private boolean isMadeDaemon(String threadClass) {
    for (ClassFile file = scan.file(threadClass); file != null; file = superclass(file)) {
      if (file.methods().stream().anyMatch(RiskSearch::makesDaemons)) {
        return true;
      }
    }
    return false;
  }
}
