package dev.hearth.loader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory that is deployed as an archive, sorted by name, the manifest first.
 *
 * <p>A link to a file that is inside the directory counts as that file, which is how cluster volumes are made. A
 * link to anything outside is refused. A link to a folder is not followed, and folders and links whose names
 * begin with two dots, which hold a volume's generations, are left out.
 */
final class DirectoryFiles {

  private static final int MAX_DEPTH = 100;

  private final Path root;
  private final List<String> names = new ArrayList<>();

  private DirectoryFiles(Path root) {
    this.root = root;
  }

  /**
   * @param root a real path
   * @throws BadArchiveException if something in it is not served
   */
  static DirectoryFiles list(Path root) throws IOException {
    DirectoryFiles files = new DirectoryFiles(root);
    files.list(root, "", 0);
    Collections.sort(files.names);
    if (files.names.remove(JarFile.MANIFEST_NAME)) {
      files.names.add(0, JarFile.MANIFEST_NAME); // where a jar has it
    }
    return files;
  }

  /** Names relative to the directory, with forward slashes; those of folders end in a slash. */
  List<String> names() {
    return names;
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** The one file, if there is just one and it is a zip whatever its name; else null. */
  @Nullable Path onlyZip() throws IOException {
    String only = null;
    for (String name : names) {
      if (!name.endsWith("/")) {
        if (only != null || name.indexOf('/') >= 0) {
          return null;
        }
        only = name;
      }
    }
    return only != null && isZip(resolve(only)) ? resolve(only) : null;
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(4);
      return first.length == 4
          && first[0] == 'P'
          && first[1] == 'K'
          && first[2] == 3
          && first[3] == 4;
    }
  }

  private void list(Path folder, String prefix, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new BadArchiveException(
          "has folders more than " + MAX_DEPTH + " deep, which is the limit");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        add(entry, prefix + entry.getFileName(), depth);
      }
    }
  }

  private void add(Path path, String name, int depth) throws IOException {
    if (path.getFileName().toString().startsWith("..")) {
      return;
    }
    EntryNames.check(name);
    if (names.size() >= Budget.JAR_ENTRIES) {
      throw new BadArchiveException(
          "has more than " + Budget.JAR_ENTRIES + " files, which is the limit");
    }
    BasicFileAttributes kind = attributes(path);
    if (kind.isSymbolicLink()) {
      addLink(path, name);
    } else if (kind.isDirectory()) {
      names.add(name + "/");
      list(path, name + "/", depth + 1);
    } else if (kind.isRegularFile()) {
      names.add(name);
    } else {
      throw new BadArchiveException("holds '" + name + "', which is neither file nor folder");
    }
  }

  private void addLink(Path link, String name) throws IOException {
    Path target;
    try {
      target = link.toRealPath();
    } catch (NoSuchFileException e) {
      throw new BadArchiveException("holds '" + name + "', a link to a file that is not there", e);
    }
    if (!target.startsWith(root)) {
      throw new BadArchiveException(
          "holds '"
              + name
              + "', a link to "
              + target
              + ", which is outside of it; put the file itself there");
    }
    if (Files.isRegularFile(target)) {
      names.add(name);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
