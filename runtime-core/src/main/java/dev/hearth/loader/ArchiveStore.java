package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * Holds a copy of each deployed archive under the hash of its content.
 *
 * <p>What users ship is laid out as plain jars: a jar without jars inside stays the file it was; folders of classes
 * and nested jars become jars of their own. Equal jars are kept once, whatever archives they come from. A copy is written under a
 * name that nothing trusts and then moved, and compared or hashed again whenever it is reused, so neither a crash nor a
 * damaged file is ever served. The user's file is read once and not held open.
 *
 * <p>Thread-safe; several hosts of one JVM may use one directory, two processes should not.
 */
public final class ArchiveStore {

  /** The most bytes of an archive as it is shipped. */
  static final long FILE_BYTES = 1L << 30;

  private final Path directory;

  private ArchiveStore(Path directory) {
    this.directory = directory;
  }

  /** Opens a store in this directory, creating it when absent and removing what a crash left half-written. */
  public static ArchiveStore open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Incoming.sweep(directory);
    return new ArchiveStore(directory.toAbsolutePath());
  }

  /**
   * Copies an archive into the store, unless it is there already. Links inside a directory are followed
   * as long as they stay in it; the given path itself may be a link to anywhere.
   *
   * @param archive a jar or zip under any name, or a directory of classes or jars
   * @throws DeployException if it cannot be read, is nothing that can be loaded, or exceeds a limit
   */
  public StoredArchive add(Path archive) {
    return add(archive, true);
  }

  /**
   * Copies several archives, which become one: classes and resources are looked for in this order. One that has resources only
   * is fine beside others.
   *
   * @param archives at least one
   * @throws DeployException as {@link #add(Path)} does
   */
  public StoredArchive add(List<Path> archives) {
    if (archives.size() == 1) {
      return add(archives.get(0));
    }
    MessageDigest all = Hashes.sha256();
    List<Path> classPath = new ArrayList<>();
    Map<String, String> manifest = Map.of();
    for (Path archive : archives) {
      StoredArchive part = add(archive, false);
      all.update(part.hash().getBytes(StandardCharsets.US_ASCII));
      classPath.addAll(part.classPath());
      manifest = manifest.isEmpty() ? part.manifest() : manifest;
    }
    return new StoredArchive(
        Hashes.hex(all.digest()),
        archives.toString(),
        classPath,
        manifest,
        classPath.size()); // which of them is the user's own code nobody says
  }

  /**
   * An archive that was added before, as it is kept.
   *
   * @param hash as {@link StoredArchive#hash}
   * @param origin what to call it in messages
   * @throws DeployException if it is not here, or not intact
   */
  public StoredArchive stored(String hash, String origin) {
    try {
      StoredArchive laidOut = StoreIndex.read(directory, hash, origin);
      if (laidOut != null) {
        return laidOut;
      }
      Path plain = jar(hash);
      if (Files.exists(plain) && Hashes.of(plain).equals(hash)) {
        return new StoredArchive(hash, origin, List.of(plain), manifest(plain));
      }
    } catch (IOException e) {
      throw refusal(origin, e);
    }
    throw new DeployException(
        "archive "
            + origin
            + " with SHA-256 "
            + hash
            + " is not in the store "
            + directory
            + ", or is damaged there; deploy it again");
  }

  private StoredArchive add(Path archive, boolean alone) {
    String origin = requireNonNull(archive, "archive").toString();
    try {
      Path real = archive.toRealPath();
      BasicFileAttributes kind = Files.readAttributes(real, BasicFileAttributes.class);
      if (kind.isDirectory()) {
        return addDirectory(real, origin, alone);
      }
      requireRegular(kind);
      return addFile(real, origin, alone);
    } catch (IOException e) {
      throw refusal(origin, e);
    }
  }

  private static void requireRegular(BasicFileAttributes kind) throws BadArchiveException {
    if (!kind.isRegularFile()) {
      throw new BadArchiveException("is neither a file nor a directory");
    }
  }

  private DeployException refusal(String origin, IOException e) {
    String archive = "archive " + origin;
    if (e instanceof BadArchiveException) {
      return new DeployException(archive + " " + e.getMessage(), e.getCause());
    }
    if (e instanceof NoSuchFileException) {
      return new DeployException(archive + " does not exist; check the path", e);
    }
    if (e instanceof AccessDeniedException denied) {
      return new DeployException(
          archive + " may not be read by this user (" + denied.getFile() + ")", e);
    }
    if (e instanceof ZipException) {
      return new DeployException(archive + " is damaged: " + e.getMessage(), e);
    }
    String reason =
        e instanceof FileSystemException failed && failed.getReason() != null
            ? failed.getReason()
            : String.valueOf(e.getMessage());
    return new DeployException(
        archive
            + " cannot be copied into the store "
            + directory
            + ": "
            + reason
            + "; check the archive, the space left and the rights",
        e);
  }

  /**
   * Copies an archive that is no file into the store, unless it is there already.
   *
   * @param content of a jar or zip; read to its end, not closed
   * @param origin what to call it in messages
   * @throws DeployException as {@link #add(Path)} does
   */
  public StoredArchive add(InputStream content, String origin) {
    try {
      return addContent(content, origin, true);
    } catch (IOException e) {
      throw refusal(origin, e);
    }
  }

  private StoredArchive addFile(Path file, String origin, boolean alone) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return addContent(in, origin, alone);
    }
  }

  private StoredArchive addContent(InputStream in, String origin, boolean alone)
      throws IOException {
    try (Incoming copy = Incoming.create(directory)) {
      copy.fill(in, FILE_BYTES);
      String hash = Hashes.hex(copy.digest());
      StoredArchive known = StoreIndex.read(directory, hash, origin);
      if (known != null) {
        return known;
      }
      Budget budget = new Budget();
      List<String> names = check(copy.path(), budget);
      Layout layout = alone ? Layout.of(names, false) : Layout.ofAny(names, false);
      if (layout.isPlain()) {
        Path kept = keep(copy, hash);
        return new StoredArchive(hash, origin, List.of(kept), manifest(kept));
      }
      StoredArchive unpacked =
          new Unpacking(this, budget).unpack(copy, hash, origin, names, layout);
      StoreIndex.write(directory, unpacked);
      return unpacked;
    }
  }

  private StoredArchive addDirectory(Path root, String origin, boolean alone) throws IOException {
    DirectoryFiles files = DirectoryFiles.list(root);
    Path only = files.onlyZip();
    if (only != null) {
      return addFile(only, origin, alone);
    }
    Layout layout = alone ? Layout.of(files.names(), true) : Layout.ofAny(files.names(), true);
    StoredArchive packed = new Unpacking(this, new Budget()).pack(files, origin, layout);
    StoreIndex.write(directory, packed);
    return packed;
  }

  /**
   * Keeps one jar that is inside of something else.
   *
   * @param name what to call it in messages
   * @param limit the most bytes it may have
   */
  Path keepNested(InputStream in, String name, long limit, Budget budget) throws IOException {
    try (Incoming copy = Incoming.create(directory)) {
      copy.fill(in, limit);
      try {
        requireFlat(check(copy.path(), budget));
      } catch (BadArchiveException e) {
        throw new BadArchiveException("holds '" + name + "', which " + e.getMessage(), e);
      }
      return keep(copy);
    }
  }

  /** Keeps a jar of the host's, such as a vendor API. */
  Path keepTrusted(InputStream in) throws IOException {
    try (Incoming copy = Incoming.create(directory)) {
      copy.fill(in, FILE_BYTES);
      return keep(copy);
    }
  }

  /** Keeps what needs no more checks under its hash. */
  Path keep(Incoming checked) throws IOException {
    return keep(checked, Hashes.hex(checked.digest()));
  }

  Path keep(Incoming checked, String hash) throws IOException {
    return checked.keep(jar(hash));
  }

  Incoming incoming() throws IOException {
    return Incoming.create(directory);
  }

  private static List<String> check(Path zip, Budget budget) throws IOException {
    List<String> names = CentralDirectory.read(zip, budget).names();
    JarSigning.verify(zip, names);
    return names;
  }

  private static void requireFlat(List<String> names) throws BadArchiveException {
    boolean classes = false;
    String jar = null;
    for (String name : names) {
      classes |= name.endsWith(".class");
      if (name.endsWith(".jar")) {
        boolean layout = name.startsWith("BOOT-INF/lib/") || name.startsWith("WEB-INF/lib/");
        jar = jar == null || layout ? name : jar;
        classes &= !layout;
      }
    }
    if (jar != null && !classes) {
      throw new BadArchiveException(
          "holds jars itself ("
              + jar
              + "); jars are opened one level deep: ship it unpacked, or deploy it alone");
    }
  }

  private Path jar(String hash) {
    return directory.resolve(hash + ".jar");
  }

  /** Main attributes of a jar's manifest, names in lower case. */
  static Map<String, String> manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      Map<String, String> attributes = new HashMap<>();
      if (manifest != null) {
        for (Map.Entry<Object, Object> item : manifest.getMainAttributes().entrySet()) {
          attributes.put(
              item.getKey().toString().toLowerCase(Locale.ROOT), item.getValue().toString());
        }
      }
      return attributes;
    }
  }
}
