package dev.hearth.loader;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory at the end of a zip file, read and checked before anything in the file is opened.
 *
 * <p>The JDK reads the same bytes again when it opens the jar. Reading them here first costs little and tells what the
 * JDK does not: names that lead outside, names that occur twice, entries that overlap, and how much the
 * whole would open to, which is known before a byte of it has been opened.
 */
final class CentralDirectory {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final int LOCATOR64_SIZE = 20;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final long NOT_IN_32_BITS = 0xFFFFFFFFL;
  private static final long MAX_BYTES = 64L << 20;

  private final List<String> names;

  private CentralDirectory(List<String> names) {
    this.names = names;
  }

  /**
   * Reads and checks a file's directory.
   *
   * @throws BadArchiveException if the file is no zip, is cut, or holds what is not served
   */
  static CentralDirectory read(Path zip, Budget budget) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
      return new Reader(file, budget).read();
    }
  }

  /** Names of all entries in the order of the directory; those of folders end in a slash. */
  List<String> names() {
    return names;
  }

  private static final class Reader {
    private final RandomAccessFile file;
    private final long length;
    private final Budget budget;
    private long count;
    private long start;
    private long size;
    private long packed;
    private long opened;

    Reader(RandomAccessFile file, Budget budget) throws IOException {
      this.file = file;
      this.length = file.length();
      this.budget = budget;
    }

    CentralDirectory read() throws IOException {
      if (length == 0) {
        throw new BadArchiveException("is empty (0 bytes); expected a jar or zip");
      }
      findEnd();
      requireWhole(count >= 0, 0);
      budget.spendEntries(count);
      if (size > MAX_BYTES) {
        throw new BadArchiveException(
            "has a directory of " + size + " bytes; the limit is " + MAX_BYTES);
      }
      List<String> names = readEntries(raw(start, (int) size));
      if (packed > start) {
        throw new BadArchiveException(
            "has entries that overlap: they take " + packed + " bytes of " + start);
      }
      if (opened > Budget.RATIO_FLOOR && opened / length >= Budget.RATIO) {
        throw new BadArchiveException(
            "opens to "
                + opened
                + " bytes from "
                + length
                + ", more than "
                + Budget.RATIO
                + " times its size, which is the limit");
      }
      budget.spendBytes(opened);
      return new CentralDirectory(names);
    }

    /** Finds the record that ends the file, behind which there may be a comment. */
    private void findEnd() throws IOException {
      int tail = (int) Math.min(length, END_SIZE + MAX_COMMENT);
      ByteBuffer end = bytes(length - tail, tail);
      for (int at = tail - END_SIZE; at >= 0; at--) {
        if (end.getInt(at) == END_SIGNATURE
            && at + END_SIZE + Short.toUnsignedInt(end.getShort(at + 20)) == tail) {
          readEnd(end, at, length - tail + at);
          return;
        }
      }
      throw new BadArchiveException(
          beginsLikeZip()
              ? "is cut short: it begins like a zip, but the directory that ends one is not within"
                  + " its "
                  + length
                  + " bytes; copy or build it again"
              : "is not a zip file (" + beginning() + "); expected a jar, a zip or a directory");
    }

    private void readEnd(ByteBuffer end, int at, long position) throws IOException {
      count = Short.toUnsignedInt(end.getShort(at + 10));
      size = Integer.toUnsignedLong(end.getInt(at + 12));
      long stated = Integer.toUnsignedLong(end.getInt(at + 16));
      long endsAt = position;
      if (count == 0xFFFF || size == NOT_IN_32_BITS || stated == NOT_IN_32_BITS) {
        endsAt = readEnd64(position);
      }
      start = endsAt - size; // not where stated: a script may stand in front of the zip
      if (size < 0 || start < 0) {
        throw new BadArchiveException(
            "is damaged: its directory of "
                + size
                + " bytes does not fit in front of offset "
                + endsAt
                + "; copy or build it again");
      }
    }

    private long readEnd64(long endPosition) throws IOException {
      long locatorAt = endPosition - LOCATOR64_SIZE;
      if (locatorAt < 0) {
        return endPosition;
      }
      ByteBuffer locator = bytes(locatorAt, LOCATOR64_SIZE);
      if (locator.getInt(0) != LOCATOR64_SIGNATURE) {
        return endPosition;
      }
      long at = locator.getLong(8);
      if (at < 0 || at > locatorAt - END64_SIZE) {
        throw new BadArchiveException(
            "is damaged: its end record should be at offset " + at + " of " + length);
      }
      ByteBuffer end = bytes(at, END64_SIZE);
      if (end.getInt(0) != END64_SIGNATURE) {
        throw new BadArchiveException("is damaged: no end record at offset " + at);
      }
      count = end.getLong(32);
      size = end.getLong(40);
      return at;
    }

    private List<String> readEntries(byte[] raw) throws IOException {
      ByteBuffer directory = buffer(raw);
      List<String> names = new ArrayList<>((int) count);
      Set<String> seen = new HashSet<>((int) count * 2);
      int at = 0;
      while (at + ENTRY_SIZE <= raw.length && directory.getInt(at) == ENTRY_SIGNATURE) {
        int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
        int next = at + ENTRY_SIZE + nameLength + extraLength + commentLength;
        if (next > raw.length || names.size() == count) {
          break;
        }
        String name = new String(raw, at + ENTRY_SIZE, nameLength, StandardCharsets.UTF_8);
        EntryNames.check(name);
        if (!seen.add(name)) {
          throw new BadArchiveException(
              "has two entries named '" + name + "'; build it so that each occurs once");
        }
        checkReadable(directory, at, name);
        addSizes(directory, at, nameLength, extraLength);
        names.add(name);
        at = next;
      }
      requireWhole(at == raw.length && names.size() == count, names.size());
      return names;
    }

    private void requireWhole(boolean whole, int readable) throws BadArchiveException {
      if (!whole) {
        throw new BadArchiveException(
            "is damaged: its directory at offset "
                + start
                + " holds "
                + readable
                + " readable entries of "
                + count
                + "; copy or build it again");
      }
    }

    private static void checkReadable(ByteBuffer directory, int at, String name)
        throws BadArchiveException {
      if ((directory.getShort(at + 8) & 1) != 0) {
        throw new BadArchiveException("has an encrypted entry '" + name + "'; pack it without");
      }
      int method = Short.toUnsignedInt(directory.getShort(at + 10));
      if (method != 0 && method != 8) {
        throw new BadArchiveException(
            "has entry '"
                + name
                + "' packed by method "
                + method
                + "; the JDK opens stored (0) and deflated (8) ones");
      }
    }

    private void addSizes(ByteBuffer directory, int at, int nameLength, int extraLength)
        throws BadArchiveException {
      long packedSize = Integer.toUnsignedLong(directory.getInt(at + 20));
      long openedSize = Integer.toUnsignedLong(directory.getInt(at + 24));
      if (packedSize == NOT_IN_32_BITS || openedSize == NOT_IN_32_BITS) {
        int field = extra64(directory, at + ENTRY_SIZE + nameLength, extraLength);
        if (field >= 0 && openedSize == NOT_IN_32_BITS) {
          openedSize = directory.getLong(field);
          field += Long.BYTES;
        }
        if (field >= 0 && packedSize == NOT_IN_32_BITS) {
          packedSize = directory.getLong(field);
        }
      }
      if (openedSize < 0 || packedSize < 0 || openedSize > Budget.OPENED_BYTES) {
        budget.spendBytes(Long.MAX_VALUE);
      }
      opened += openedSize;
      packed += LOCAL_SIZE + nameLength + Math.min(packedSize, length);
    }

    /** Where the 64-bit sizes of an entry are, or -1. */
    private static int extra64(ByteBuffer directory, int from, int length) {
      int at = from;
      while (at + 4 <= from + length) {
        int fieldLength = Short.toUnsignedInt(directory.getShort(at + 2));
        if (directory.getShort(at) == 1 && at + 4 + fieldLength <= from + length) {
          return fieldLength >= 2 * Long.BYTES ? at + 4 : -1;
        }
        at += 4 + fieldLength;
      }
      return -1;
    }

    private boolean beginsLikeZip() throws IOException {
      return length >= 4 && bytes(0, 4).getInt(0) == LOCAL_SIGNATURE;
    }

    private String beginning() throws IOException {
      byte[] first = raw(0, (int) Math.min(length, 4));
      StringBuilder text = new StringBuilder("it begins with the bytes");
      for (byte b : first) {
        text.append(' ').append(Hashes.hex(new byte[] {b}));
      }
      return text.toString();
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
      return buffer(raw(position, count));
    }

    private static ByteBuffer buffer(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] raw(long position, int count) throws IOException {
      byte[] bytes = new byte[count];
      try {
        file.seek(position);
        file.readFully(bytes);
        return bytes;
      } catch (EOFException e) {
        throw new BadArchiveException("is cut short at offset " + position, e);
      }
    }
  }
}
