package dev.hearth.loader;

/**
 * What one archive may still cost, nested jars included. The limits are far above what real functions need
 * and far below what hurts the host. Belongs to the thread that adds the archive.
 */
final class Budget {

  /** The most entries of one jar. */
  static final int JAR_ENTRIES = 100_000;

  /** The most entries of an archive and its nested jars together. */
  static final int ALL_ENTRIES = 400_000;

  /** The most bytes an archive and its nested jars may have when opened. */
  static final long OPENED_BYTES = 2L << 30;

  /** How many times its size a jar may grow when opened, once it passes {@link #RATIO_FLOOR}. */
  static final int RATIO = 100;

  /** Opened bytes below which the ratio does not matter: small text can be packed very tightly. */
  static final long RATIO_FLOOR = 64L << 20;

  private long entries;
  private long opened;

  void spendEntries(long count) throws BadArchiveException {
    if (count > JAR_ENTRIES) {
      throw new BadArchiveException(
          "has " + count + " entries; a jar may have " + JAR_ENTRIES + ": split it");
    }
    entries += count;
    if (entries > ALL_ENTRIES) {
      throw new BadArchiveException(
          "has more than "
              + ALL_ENTRIES
              + " entries in all its jars together, which is the limit; leave out what the function"
              + " does not use");
    }
  }

  void spendBytes(long bytes) throws BadArchiveException {
    opened += bytes;
    if (bytes < 0 || opened < 0 || opened > OPENED_BYTES) {
      throw new BadArchiveException(
          "opens to more than "
              + (OPENED_BYTES >> 20)
              + " MiB, which is the limit; leave out what the function does not use");
    }
  }
}
