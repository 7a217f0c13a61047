package dev.hearth.http.contract.openwhisk;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** An action that is sent as Java source, one file of it. */
final class SourceCode {

  private SourceCode() {}

  /** Says why source cannot be made into classes. */
  static final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    CompileException(String message) {
      super(message);
    }
  }

  /**
   * Compiles it.
   *
   * @param libraries jars it may use
   * @param output a directory for its classes
   * @throws CompileException if it is wrong, or this runtime has no compiler
   */
  static void compile(String source, List<Path> libraries, Path output)
      throws CompileException, IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new CompileException(
          "the code is neither a jar in base64 nor can it be compiled: this Java has no compiler;"
              + " send a jar, or build the image on a JDK");
    }
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options = options(libraries, output);
      List<SourceFile> units = List.of(new SourceFile(source));
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new CompileException("the code does not compile:\n" + messages);
      }
    }
  }

  private static List<String> options(List<Path> libraries, Path output) {
    List<String> paths = new ArrayList<>();
    for (Path library : libraries) {
      paths.add(library.toString());
    }
    return List.of(
        "-proc:none",
        "-nowarn",
        "-d",
        output.toString(),
        "-classpath",
        String.join(File.pathSeparator, paths));
  }

  /** A file that may hold any public class: the platform does not send its name. */
  private static final class SourceFile extends SimpleJavaFileObject {
    private final String source;

    SourceFile(String source) {
      super(URI.create("string:///Action.java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }
}
