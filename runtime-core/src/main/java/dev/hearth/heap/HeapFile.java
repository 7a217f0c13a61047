package dev.hearth.heap;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a heap dump from its beginning to its end, record by record; reading is all it keeps in memory. Belongs to one thread.
 *
 * <p>Source: JDK, <i>hprof_b_spec.h</i> and {@code heapDumper.cpp}, format "JAVA PROFILE 1.0.2".
 */
final class HeapFile implements Closeable {

  private static final int UTF8 = 0x01;
  private static final int LOAD_CLASS = 0x02;
  private static final int HEAP_DUMP = 0x0c;
  private static final int HEAP_DUMP_SEGMENT = 0x1c;

  private static final int OBJECT = 2;

  private final CountingInput counted;
  private final DataInputStream in;
  private final int idBytes;

  /** Is told what a dump holds, in the dump's order; what a reader does not care for it skips. */
  abstract static class Visitor {
    void text(long id, String text) {}

    void className(long classId, long textId) {}

    void root(String kind, long id) {}

    void type(HeapType type) {}

    /** An instance; the fields of its class come first in it, then those of the class above. */
    void instance(long id, long classId, byte[] fields) {}

    void array(long id, long classId, long[] elements) {}

    /** Whether bytes of arrays are wanted. */
    boolean wantsBytes() {
      return false;
    }

    void bytes(long id, byte[] bytes) {}
  }

  private HeapFile(Path file) throws IOException {
    counted = new CountingInput(new BufferedInputStream(Files.newInputStream(file), 1 << 18));
    in = new DataInputStream(counted);
    StringBuilder format = new StringBuilder();
    for (int b = in.readUnsignedByte(); b != 0 && format.length() < 40; b = in.readUnsignedByte()) {
      format.append((char) b);
    }
    if (!format.toString().startsWith("JAVA PROFILE 1.0")) {
      throw new IOException(file + " is no heap dump");
    }
    idBytes = in.readInt();
    in.readLong();
  }

  /** Reads a dump through. */
  static void read(Path file, Visitor visitor) throws IOException {
    try (HeapFile dump = new HeapFile(file)) {
      boolean more = true;
      while (more) {
        more = dump.record(visitor);
      }
    }
  }

  private long id() throws IOException {
    return idBytes == 8 ? in.readLong() : in.readInt() & 0xffff_ffffL;
  }

  private boolean record(Visitor visitor) throws IOException {
    int tag = in.read();
    if (tag < 0) {
      return false;
    }
    in.readInt(); // time
    long length = in.readInt() & 0xffff_ffffL;
    long end = counted.count + length;
    switch (tag) {
      case UTF8 -> {
        long id = id();
        visitor.text(
            id, new String(in.readNBytes((int) (end - counted.count)), StandardCharsets.UTF_8));
      }
      case LOAD_CLASS -> {
        in.readInt();
        long classId = id();
        in.readInt();
        visitor.className(classId, id());
      }
      case HEAP_DUMP, HEAP_DUMP_SEGMENT -> {
        while (counted.count < end) {
          heapRecord(visitor);
        }
      }
      default -> in.skipNBytes(length);
    }
    return true;
  }

  private void heapRecord(Visitor visitor) throws IOException {
    int tag = in.readUnsignedByte();
    switch (tag) {
      case 0x20 -> visitor.type(type());
      case 0x21 -> {
        long id = id();
        in.readInt();
        long classId = id();
        visitor.instance(id, classId, in.readNBytes(in.readInt()));
      }
      case 0x22 -> array(visitor);
      case 0x23 -> bytes(visitor);
      default -> root(tag, visitor);
    }
  }

  private void root(int tag, Visitor visitor) throws IOException {
    long id = id();
    switch (tag) {
      case 0xff -> visitor.root("unknown root", id);
      case 0x01 -> {
        id();
        visitor.root("JNI handle", id);
      }
      case 0x02 -> {
        in.readLong();
        visitor.root("JNI local", id);
      }
      case 0x03 -> {
        in.readLong();
        visitor.root("stack frame", id);
      }
      case 0x04 -> {
        in.readInt();
        visitor.root("native stack", id);
      }
      case 0x05 -> visitor.root("class of the JDK", id);
      case 0x06 -> {
        in.readInt();
        visitor.root("thread block", id);
      }
      case 0x07 -> visitor.root("monitor", id);
      case 0x08 -> {
        in.readLong();
        visitor.root("thread", id);
      }
      default -> throw new IOException("the heap dump has a record of unknown kind " + tag);
    }
  }

  private HeapType type() throws IOException {
    HeapType type = new HeapType();
    type.id = id();
    in.readInt();
    type.superId = id();
    type.loaderId = id();
    type.addStatic(0, id()); // signers
    type.addStatic(0, id()); // protection domain
    in.skipNBytes(2L * idBytes + 4);
    int constants = in.readUnsignedShort();
    for (int i = 0; i < constants; i++) {
      in.readUnsignedShort();
      value(in.readUnsignedByte());
    }
    int statics = in.readUnsignedShort();
    for (int i = 0; i < statics; i++) {
      long name = id();
      int kind = in.readUnsignedByte();
      long value = value(kind);
      if (kind == OBJECT && value != 0) {
        type.addStatic(name, value);
      }
    }
    int fields = in.readUnsignedShort();
    for (int i = 0; i < fields; i++) {
      long name = id();
      int kind = in.readUnsignedByte();
      type.addField(name, kind == OBJECT, size(kind));
    }
    return type;
  }

  private long value(int kind) throws IOException {
    if (kind == OBJECT) {
      return id();
    }
    in.skipNBytes(size(kind));
    return 0;
  }

  private int size(int kind) throws IOException {
    return switch (kind) {
      case OBJECT -> idBytes;
      case 4, 8 -> 1;
      case 5, 9 -> 2;
      case 6, 10 -> 4;
      case 7, 11 -> 8;
      default -> throw new IOException("the heap dump has a value of unknown kind " + kind);
    };
  }

  private void array(Visitor visitor) throws IOException {
    long id = id();
    in.readInt();
    int count = in.readInt();
    long classId = id();
    byte[] raw = in.readNBytes(count * idBytes);
    if (raw.length < count * idBytes) {
      throw new EOFException("the heap dump is cut");
    }
    long[] elements = new long[count];
    for (int i = 0; i < count; i++) {
      elements[i] = id(raw, i * idBytes, idBytes);
    }
    visitor.array(id, classId, elements);
  }

  private void bytes(Visitor visitor) throws IOException {
    long id = id();
    in.readInt();
    long count = in.readInt() & 0xffff_ffffL;
    int kind = in.readUnsignedByte();
    if (kind == 8 && visitor.wantsBytes()) {
      visitor.bytes(id, in.readNBytes((int) count));
    } else {
      in.skipNBytes(count * size(kind));
    }
  }

  /** An id among an instance's fields. */
  static long id(byte[] fields, int at, int idBytes) {
    long id = 0;
    for (int i = 0; i < idBytes && at + i < fields.length; i++) {
      id = id << 8 | (fields[at + i] & 0xff);
    }
    return id;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static final class CountingInput extends java.io.FilterInputStream {
    private long count; // of bytes read or skipped

    CountingInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = in.read(into, from, most);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long most) throws IOException {
      long skipped = in.skip(most);
      count += skipped;
      return skipped;
    }
  }
}
