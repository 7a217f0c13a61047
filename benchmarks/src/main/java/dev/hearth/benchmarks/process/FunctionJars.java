package dev.hearth.benchmarks.process;

import dev.hearth.benchmarks.FunctionJar;
import dev.hearth.benchmarks.function.Copy;
import dev.hearth.benchmarks.function.Hello;
import dev.hearth.benchmarks.function.Megabyte;
import dev.hearth.benchmarks.function.Orders;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The functions as users would ship them, in one directory that goes when this is closed. */
final class FunctionJars implements AutoCloseable {

  private static final int CLASSES = 50;

  private final Path directory;

  private FunctionJars(Path directory) {
    this.directory = directory;
  }

  static FunctionJars create() throws IOException {
    return new FunctionJars(Files.createTempDirectory("hearth-functions"));
  }

  /** Where further files may be put. */
  Path directory() {
    return directory;
  }

  /** What every peer is asked to do. */
  Deployed hello() throws IOException {
    return new Deployed(moved(Hello.class), Hello.class.getName(), Call.HELLO);
  }

  /** Records by the Jackson in its jar. */
  Deployed records() throws IOException {
    Path jar = directory.resolve("orders.jar");
    if (!Files.exists(jar)) {
      List<Path> parts = new ArrayList<>(List.of(moved(Orders.class)));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (Path.of(entry).getFileName().toString().startsWith("jackson-")) {
          parts.add(Path.of(entry));
        }
      }
      join(parts, jar);
    }
    String event =
        "{\"customer\":\"x\",\"items\":[{\"article\":\"a\",\"count\":2,\"cents\":150},"
            + "{\"article\":\"b\",\"count\":1,\"cents\":999}]}";
    String answer = "{\"customer\":\"x\",\"count\":3,\"cents\":1299}";
    return new Deployed(jar, Orders.class.getName(), new Call("application/json", event, answer));
  }

  /** An answer of 1 MiB. */
  Deployed megabyte() throws IOException {
    Call call = new Call("text/plain", "x", Megabyte.ANSWER);
    return new Deployed(moved(Megabyte.class), Megabyte.class.getName(), call);
  }

  /** The body back. */
  Deployed copy() throws IOException {
    return new Deployed(moved(Copy.class), Copy.class.getName(), new Call("text/plain", "x", "x"));
  }

  /** Fifty classes, each used by the one before. */
  Deployed fiftyClasses() throws IOException {
    Path jar = directory.resolve("fifty.jar");
    if (!Files.exists(jar)) {
      compile(jar);
    }
    Call call = new Call("text/plain", "x", "x" + ".".repeat(CLASSES));
    return new Deployed(jar, "fifty.C1", call);
  }

  private Path moved(Class<?> function) throws IOException {
    Path jar = directory.resolve(function.getSimpleName() + ".jar");
    if (!Files.exists(jar)) {
      Path made = FunctionJar.of(function);
      Files.copy(made, jar);
      FunctionJar.delete(made);
    }
    return jar;
  }

  private void compile(Path jar) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("the Java that runs this has no compiler; run it with a JDK");
    }
    Path sources = Files.createDirectories(directory.resolve("fifty"));
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", sources.toString()));
    for (int i = 1; i <= CLASSES; i++) {
      String rest = i == CLASSES ? "s + '.'" : "new C" + (i + 1) + "().apply(s + '.')";
      Path source = sources.resolve("C" + i + ".java");
      Files.writeString(
          source,
          "package fifty; public final class C%d implements java.util.function.Function<String, String> {"
                  .formatted(i)
              + " public String apply(String s) { return %s; } }".formatted(rest));
      arguments.add(source.toString());
    }
    if (compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
      throw new IOException("the classes in " + sources + " do not compile");
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (int i = 1; i <= CLASSES; i++) {
        out.putNextEntry(new JarEntry("fifty/C" + i + ".class"));
        Files.copy(sources.resolve("fifty/C" + i + ".class"), out);
      }
    }
  }

  private static void join(List<Path> jars, Path joined) throws IOException {
    Set<String> seen = new HashSet<>();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(joined))) {
      for (Path jar : jars) {
        try (InputStream bytes = Files.newInputStream(jar);
            JarInputStream in = new JarInputStream(bytes)) {
          for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            String name = entry.getName();
            boolean left = entry.isDirectory() || name.contains("module-info");
            if (!left && seen.add(name)) {
              out.putNextEntry(new JarEntry(name));
              in.transferTo(out);
            }
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    Trees.delete(directory);
  }
}
