package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lays an archive that is more than one jar out as jars in the store. Used for one archive by one thread.
 *
 * <p>Folders of classes are packed, uncompressed and always to the same bytes. Nested jars are copied.
 */
final class Unpacking {

  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ArchiveStore store;
  private final Budget budget;
  private final List<Path> jars = new ArrayList<>();

  Unpacking(ArchiveStore store, Budget budget) {
    this.store = store;
    this.budget = budget;
  }

  /** Lays out a zip that has jars inside, or classes elsewhere than at its root. */
  StoredArchive unpack(
      Incoming archive, String hash, String origin, List<String> names, Layout layout)
      throws IOException {
    try (ZipFile zip = new ZipFile(archive.path().toFile())) {
      if (!layout.classes().isEmpty()) {
        jars.add(packClasses(zip, names, layout.classes()));
      }
      for (String name : layout.jars()) {
        ZipEntry entry = entry(zip, name);
        try (InputStream in = zip.getInputStream(entry)) {
          jars.add(store.keepNested(in, name, entry.getSize(), budget));
        }
      }
    }
    if (layout.classes().isEmpty()) {
      jars.add(0, store.keep(archive, hash));
    }
    return stored(hash, origin, layout);
  }

  private Path packClasses(ZipFile zip, List<String> names, String classes) throws IOException {
    try (Incoming packed = store.incoming()) {
      Packer packer = new Packer(packed);
      packer.add(zip, JarFile.MANIFEST_NAME, 0);
      for (String name : names) {
        if (name.startsWith(classes)) {
          packer.add(zip, name, classes.length());
        }
      }
      for (String name : names) {
        if (name.startsWith("META-INF/")) {
          packer.add(zip, name, 0);
        }
      }
      packer.finish();
      return store.keep(packed);
    }
  }

  /** Lays out a directory; its hash is over the sorted names and the hashes of their files. */
  StoredArchive pack(DirectoryFiles files, String origin, Layout layout) throws IOException {
    MessageDigest tree = Hashes.sha256();
    Set<String> nested = new HashSet<>(layout.jars());
    try (Incoming packed = store.incoming()) {
      Packer packer = new Packer(packed);
      Map<String, Path> kept = new HashMap<>();
      for (String name : files.names()) {
        if (nested.contains(name)) {
          kept.put(name, keepJar(files, name, tree));
        } else {
          copy(files, name, packer, packedName(name, layout), tree);
        }
      }
      packer.finish();
      if (packer.count > 0) {
        jars.add(store.keep(packed));
      }
      for (String name : layout.jars()) {
        jars.add(requireNonNull(kept.get(name), name));
      }
    }
    return stored(Hashes.hex(tree.digest()), origin, layout);
  }

  private static @Nullable String packedName(String name, Layout layout) {
    String classes = layout.classes();
    if (name.startsWith(classes)) {
      return name.substring(classes.length());
    }
    return name.startsWith("META-INF/") ? name : null;
  }

  private Path keepJar(DirectoryFiles files, String name, MessageDigest tree) throws IOException {
    MessageDigest content = Hashes.sha256();
    Path kept;
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(files.resolve(name)), content)) {
      kept = store.keepNested(in, name, ArchiveStore.FILE_BYTES, budget);
    }
    addTo(tree, name, content);
    return kept;
  }

  /** Reads one file into the hash, and into the packed jar if it has a name there. */
  private void copy(
      DirectoryFiles files,
      String name,
      Packer packer,
      @Nullable String packedName,
      MessageDigest tree)
      throws IOException {
    MessageDigest content = Hashes.sha256();
    if (!name.endsWith("/")) {
      try (InputStream in =
          new Metered(
              new DigestInputStream(Files.newInputStream(files.resolve(name)), content), budget)) {
        packer.add(in, packedName);
      }
    } else if (packedName != null && !packedName.isEmpty()) {
      packer.addFolder(packedName);
    }
    addTo(tree, name, content);
  }

  private static void addTo(MessageDigest tree, String name, MessageDigest content) {
    tree.update(name.getBytes(StandardCharsets.UTF_8));
    tree.update((byte) 0);
    tree.update(content.digest());
  }

  private StoredArchive stored(String hash, String origin, Layout layout) throws IOException {
    boolean packed = jars.size() > layout.jars().size();
    Map<String, String> manifest = jars.isEmpty() ? Map.of() : ArchiveStore.manifest(jars.get(0));
    return new StoredArchive(hash, origin, jars, manifest, (packed ? 1 : 0) + layout.own());
  }

  private static ZipEntry entry(ZipFile zip, String name) throws BadArchiveException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new BadArchiveException("has an entry '" + name + "' that cannot be opened");
    }
    return entry;
  }

  /** Writes a jar of uncompressed entries, each name once, first come first kept, signatures left out. */
  private static final class Packer {
    private final ZipOutputStream out;
    private final Set<String> written = new HashSet<>();
    private int count;

    Packer(Incoming file) {
      out = new ZipOutputStream(new BufferedOutputStream(file, Hashes.BUFFER));
      out.setLevel(Deflater.NO_COMPRESSION);
    }

    void add(ZipFile zip, String name, int cut) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null || name.length() == cut) {
        return;
      }
      if (entry.isDirectory()) {
        addFolder(name.substring(cut));
        return;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        add(new Exact(in, name, entry.getSize()), name.substring(cut));
      }
    }

    void addFolder(String name) throws IOException {
      if (begin(name)) {
        out.closeEntry();
      }
    }

    /** Reads the stream to its end even if the entry is left out. */
    void add(InputStream in, @Nullable String name) throws IOException {
      if (name == null || EntryNames.isSignature(name) || !begin(name)) {
        in.transferTo(OutputStream.nullOutputStream());
        return;
      }
      in.transferTo(out);
      out.closeEntry();
      count++;
    }

    private boolean begin(String name) throws IOException {
      if (!written.add(name)) {
        return false;
      }
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(ENTRY_TIME);
      out.putNextEntry(entry);
      return true;
    }

    void finish() throws IOException {
      out.finish();
      out.flush();
    }
  }

  /** Counts what is read of a directory's file, whose size may change meanwhile. */
  private static final class Metered extends FilterInputStream {
    private final Budget budget;

    Metered(InputStream in, Budget budget) {
      super(in);
      this.budget = budget;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int read = super.read(bytes, from, count);
      budget.spendBytes(Math.max(read, 0));
      return read;
    }
  }

  /** Fails as soon as an entry turns out longer than its directory says. */
  private static final class Exact extends FilterInputStream {
    private final String name;
    private long left;

    Exact(InputStream in, String name, long size) {
      super(in);
      this.name = name;
      this.left = size;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int read = super.read(bytes, from, count);
      left -= Math.max(read, 0);
      if (left < 0) {
        throw new BadArchiveException("has entry '" + name + "', which is longer than stated");
      }
      return read;
    }
  }
}
