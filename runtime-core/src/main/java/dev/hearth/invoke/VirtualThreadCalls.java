package dev.hearth.invoke;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes the class file of what calls the JDK's API of virtual threads:
 *
 * <pre>{@code
 * final class VirtualThreadCallsMade extends VirtualThreads.Calls {
 *   static { VirtualThreads.calls = new VirtualThreadCallsMade(); }
 *   ThreadFactory factory() { return Thread.ofVirtual().inheritInheritableThreadLocals(false).factory(); }
 *   ExecutorService executor(ThreadFactory factory) { return Executors.newThreadPerTaskExecutor(factory); }
 * }
 * }</pre>
 *
 * <p>Nothing in it branches, so it needs no stack maps (JVMS 4.10.1).
 */
final class VirtualThreadCalls {

  private static final int JAVA_17 = 61;
  private static final int FINAL_SUPER = 0x0030;
  private static final int STATIC = 0x0008;

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  private static final int ICONST_0 = 0x03;
  private static final int ALOAD_0 = 0x2a;
  private static final int ALOAD_1 = 0x2b;
  private static final int DUP = 0x59;
  private static final int ARETURN = 0xb0;
  private static final int RETURN = 0xb1;
  private static final int PUTSTATIC = 0xb3;
  private static final int INVOKESPECIAL = 0xb7;
  private static final int INVOKESTATIC = 0xb8;
  private static final int INVOKEINTERFACE = 0xb9;
  private static final int NEW = 0xbb;

  private static final String HOME = "dev/hearth/invoke/VirtualThreads";
  private static final String CALLS = HOME + "$Calls";
  private static final String MADE = "dev/hearth/invoke/VirtualThreadCallsMade";
  private static final String BUILDER = "java/lang/Thread$Builder$OfVirtual";
  private static final String FACTORY = "()Ljava/util/concurrent/ThreadFactory;";
  private static final String EXECUTOR =
      "(Ljava/util/concurrent/ThreadFactory;)Ljava/util/concurrent/ExecutorService;";

  private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
  private final DataOutputStream pool = new DataOutputStream(constants);
  private int used;

  private VirtualThreadCalls() {}

  /** The class file. */
  static byte[] bytes() {
    try {
      return new VirtualThreadCalls().write();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private byte[] write() throws IOException {
    int made = type(MADE);
    int code = text("Code");
    ByteArrayOutputStream methods = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(methods);

    begin(to, 0, "<init>", "()V", code, 5);
    to.writeByte(ALOAD_0);
    call(to, INVOKESPECIAL, member(METHOD, CALLS, "<init>", "()V"));
    end(to, RETURN);

    begin(to, STATIC, "<clinit>", "()V", code, 11);
    call(to, NEW, made);
    to.writeByte(DUP);
    call(to, INVOKESPECIAL, member(METHOD, MADE, "<init>", "()V"));
    call(to, PUTSTATIC, member(FIELD, HOME, "calls", "L" + CALLS + ";"));
    end(to, RETURN);

    begin(to, 0, "factory", FACTORY, code, 15);
    call(to, INVOKESTATIC, member(METHOD, "java/lang/Thread", "ofVirtual", "()L" + BUILDER + ";"));
    to.writeByte(ICONST_0);
    callInterface(to, "inheritInheritableThreadLocals", "(Z)L" + BUILDER + ";", 2);
    callInterface(to, "factory", FACTORY, 1);
    end(to, ARETURN);

    begin(to, 0, "executor", EXECUTOR, code, 5);
    to.writeByte(ALOAD_1);
    call(
        to,
        INVOKESTATIC,
        member(METHOD, "java/util/concurrent/Executors", "newThreadPerTaskExecutor", EXECUTOR));
    end(to, ARETURN);

    return file(made, type(CALLS), methods.toByteArray());
  }

  private byte[] file(int made, int parent, byte[] methods) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    to.writeInt(0xCAFEBABE);
    to.writeInt(JAVA_17);
    to.writeShort(used + 1);
    constants.writeTo(to);
    to.writeShort(FINAL_SUPER);
    to.writeShort(made);
    to.writeShort(parent);
    to.writeShort(0); // interfaces
    to.writeShort(0); // fields
    to.writeShort(4);
    to.write(methods);
    to.writeShort(0); // attributes
    return bytes.toByteArray();
  }

  /** Up to the first instruction. */
  private void begin(
      DataOutputStream to, int access, String name, String type, int code, int length)
      throws IOException {
    to.writeShort(access);
    to.writeShort(text(name));
    to.writeShort(text(type));
    to.writeShort(1); // attribute
    to.writeShort(code);
    to.writeInt(12 + length);
    to.writeShort(2); // stack
    to.writeShort(2); // locals
    to.writeInt(length);
  }

  private static void end(DataOutputStream to, int instruction) throws IOException {
    to.writeByte(instruction);
    to.writeShort(0); // exceptions
    to.writeShort(0); // attributes
  }

  private static void call(DataOutputStream to, int instruction, int constant) throws IOException {
    to.writeByte(instruction);
    to.writeShort(constant);
  }

  private void callInterface(DataOutputStream to, String name, String type, int words)
      throws IOException {
    call(to, INVOKEINTERFACE, member(INTERFACE_METHOD, BUILDER, name, type));
    to.writeByte(words);
    to.writeByte(0);
  }

  private int text(String text) throws IOException {
    pool.writeByte(UTF8);
    pool.writeUTF(text);
    return ++used;
  }

  private int type(String name) throws IOException {
    return pair(CLASS, text(name), 0);
  }

  private int member(int kind, String owner, String name, String type) throws IOException {
    return pair(kind, type(owner), pair(NAME_AND_TYPE, text(name), text(type)));
  }

  /** A constant made of others; a class has only one. */
  private int pair(int kind, int first, int second) throws IOException {
    pool.writeByte(kind);
    pool.writeShort(first);
    if (kind != CLASS) {
      pool.writeShort(second);
    }
    return ++used;
  }
}
