package dev.hearth.heap;

import java.util.ArrayList;
import java.util.List;

/** A class in a heap dump: what it holds itself, and where its instances hold something. Filled by the reader, then only read. */
final class HeapType {

  long id;
  long superId;
  long loaderId;
  final List<Static> statics = new ArrayList<>();
  final List<Field> fields = new ArrayList<>();
  int size; // bytes of the fields declared here

  /**
   * A static field that holds an object.
   *
   * @param nameId 0 for what the JVM has of the class itself
   */
  record Static(long nameId, long value) {}

  /**
   * A field that holds an object.
   *
   * @param at where it is among the fields that its class declares
   * @param size bytes of an id
   */
  record Field(long nameId, int at, int size) {}

  void addStatic(long nameId, long value) {
    statics.add(new Static(nameId, value));
  }

  void addField(long nameId, boolean object, int bytes) {
    if (object) {
      fields.add(new Field(nameId, size, bytes));
    }
    size += bytes;
  }
}
