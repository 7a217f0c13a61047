package dev.hearth.http.contract.openwhisk;

import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import dev.hearth.http.contract.openwhisk.SourceCode.CompileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action's code on disk, for as long as it takes to deploy it: a jar that came in base64, or the classes of source that
 * came as text.
 */
final class ActionCode implements AutoCloseable {

  private final Path directory;
  private final Path archive;

  private ActionCode(Path directory, Path archive) {
    this.directory = directory;
    this.archive = archive;
  }

  /**
   * Writes the code.
   *
   * @param binary whether it is said to be base64; otherwise it may be all the same
   * @param libraries jars that source may use
   */
  static ActionCode write(Field code, boolean binary, List<Path> libraries)
      throws IOException, MalformedException, CompileException {
    Path directory = Files.createTempDirectory("hearth-action");
    boolean written = false;
    try {
      Path archive = write(code, binary, libraries, directory);
      written = true;
      return new ActionCode(directory, archive);
    } finally {
      if (!written) {
        delete(directory);
      }
    }
  }

  private static Path write(Field code, boolean binary, List<Path> libraries, Path directory)
      throws IOException, MalformedException, CompileException {
    Path jar = directory.resolve("action.jar");
    if (binary) {
      decode(code, jar);
      return jar;
    }
    String text = code.text();
    if (isBase64(text)) {
      decode(code, jar);
      if (isZip(jar)) {
        return jar;
      }
    }
    Path classes = Files.createDirectory(directory.resolve("action"));
    SourceCode.compile(text, libraries, classes);
    return classes;
  }

  private static void decode(Field code, Path jar) throws IOException, MalformedException {
    try (OutputStream out = Files.newOutputStream(jar)) {
      code.decode(out);
    }
  }

  private static boolean isBase64(String text) {
    int length = text.length();
    if (length == 0 || length % 4 != 0) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '/';
      if (!letter && !other && (c != '=' || i < length - 2)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /** What can be deployed. */
  Path archive() {
    return archive;
  }

  @Override
  public void close() throws IOException {
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(directory, new Deletion());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
