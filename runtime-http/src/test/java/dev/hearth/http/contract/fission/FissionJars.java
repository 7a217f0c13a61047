package dev.hearth.http.contract.fission;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Functions as Fission's users write them: against its Spring flavour, nothing of it in the jar. */
final class FissionJars {

  /** Where the build puts the vendor's APIs. */
  static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  private static final String IMPORTS =
      """
      package %s;
      import io.fission.*;
      import java.util.*;
      import org.springframework.http.*;
      """;

  private final Path directory;

  FissionJars(Path directory) {
    this.directory = directory;
  }

  /** A function with this body of {@code ResponseEntity call(RequestEntity req, Context context)}. */
  TestJar function(String className, String members, String body) {
    int dot = className.lastIndexOf('.');
    String source =
        IMPORTS.formatted(className.substring(0, dot))
            + "public class "
            + className.substring(dot + 1)
            + " implements Function { "
            + members
            + " @Override public ResponseEntity call(RequestEntity req, Context context) { "
            + body
            + " } }";
    TestJar jar = TestJar.of(directory).source(className, source);
    for (Path api : apis()) {
      jar.compileOnly(api);
    }
    return jar;
  }

  TestJar hello() {
    return function("io.fission.HelloWorld", "", "return ResponseEntity.ok(\"Hello World!\");");
  }

  private static List<Path> apis() {
    try (Stream<Path> files = Files.list(PROVIDED.resolve("fission-spring"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("build runtime-core first", e);
    }
  }
}
