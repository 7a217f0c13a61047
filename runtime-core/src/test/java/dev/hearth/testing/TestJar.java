package dev.hearth.testing;

import dev.hearth.function.Context;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds archives from Java source at test time, in each form that users ship.
 *
 * <pre>{@code
 * Path jar = TestJar.of(directory)
 *     .source("acme.Hello", "package acme; public class Hello …")
 *     .build("hello.jar");
 * }</pre>
 *
 * <p>One builder can build several archives. Equal input gives equal bytes. Not thread-safe.
 */
public final class TestJar {

  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Path directory;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g"));

  private boolean folders;

  private TestJar(Path directory) {
    TestBag.open();
    this.directory = directory;
  }

  /** A builder that writes its archives into this directory. */
  public static TestJar of(Path directory) {
    return new TestJar(directory);
  }

  /** Adds a class to be compiled; its name is the binary one, its source is the whole file. */
  public TestJar source(String className, String java) {
    sources.put(className, java);
    return this;
  }

  /** Adds an entry. It replaces a compiled class of that name. */
  public TestJar entry(String name, byte[] bytes) {
    entries.put(name, bytes.clone());
    return this;
  }

  /** Adds an entry of UTF-8 text. */
  public TestJar entry(String name, String text) {
    return entry(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets a main attribute of the manifest. Without any, the archive has no manifest. */
  public TestJar manifest(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  /** Compiles against this jar and ships it, in every form but the thin jar. */
  public TestJar library(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** Compiles against this jar or directory without shipping it. */
  public TestJar compileOnly(Path jarOrDirectory) {
    classPath.add(jarOrDirectory);
    return this;
  }

  /** Compiles against {@code dev.hearth.function}. */
  public TestJar withApi() {
    try {
      return compileOnly(
          Path.of(Context.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds entries for folders to what {@link #buildSpringBoot} makes, as build tools do. */
  public TestJar folders() {
    folders = true;
    return this;
  }

  /** Adds compiler options, such as {@code --release 17} or {@code -parameters}. */
  public TestJar options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** A thin jar: classes, entries and manifest; libraries are left out. */
  public Path build(String fileName) {
    return write(fileName, content());
  }

  /** A fat jar: what {@link #build} has, plus every entry of the libraries that is not there yet. */
  public Path buildFat(String fileName) {
    Map<String, byte[]> content = content();
    for (Path library : libraries) {
      unpack(library, content);
    }
    return write(fileName, content);
  }

  /** Spring Boot's form: {@code BOOT-INF/classes} and stored {@code BOOT-INF/lib/*.jar}. */
  public Path buildSpringBoot(String fileName) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    manifest.putIfAbsent("Main-Class", "org.springframework.boot.loader.launch.JarLauncher");
    manifest.putIfAbsent("Spring-Boot-Classes", "BOOT-INF/classes/");
    manifest.putIfAbsent("Spring-Boot-Lib", "BOOT-INF/lib/");
    nested(content, "BOOT-INF/classes/", "BOOT-INF/lib/");
    return write(fileName, folders ? withFolders(content) : content);
  }

  /** Scanning for classes asks for their folders. */
  private static Map<String, byte[]> withFolders(Map<String, byte[]> content) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : content.entrySet()) {
      String name = entry.getKey();
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        all.putIfAbsent(name.substring(0, slash + 1), new byte[0]);
      }
      all.put(name, entry.getValue());
    }
    return all;
  }

  /** A web archive: {@code WEB-INF/classes} and {@code WEB-INF/lib/*.jar}. */
  public Path buildWar(String fileName) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    nested(content, "WEB-INF/classes/", "WEB-INF/lib/");
    return write(fileName, content);
  }

  /** A zip with classes at its root and {@code lib/*.jar}. */
  public Path buildZip(String fileName) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    nested(content, "", "lib/");
    return write(fileName, content);
  }

  /** A directory of classes and entries, with {@code lib/*.jar} if there are libraries. */
  public Path buildExploded(String directoryName) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    nested(content, "", "lib/");
    Path root = directory.resolve(directoryName);
    try {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        Path file = root.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root;
  }

  /** A directory that holds the thin jar, under the given name, and the libraries' jars beside it. */
  public Path buildDirectory(String directoryName, String jarName) {
    try {
      Path root = Files.createDirectories(directory.resolve(directoryName));
      Files.write(root.resolve(jarName), zip(content()));
      for (Path library : libraries) {
        Files.copy(library, root.resolve(library.getFileName()));
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The compiled classes by entry name, as {@link #build} would pack them. */
  public Map<String, byte[]> compile() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    if (sources.isEmpty()) {
      return classes;
    }
    try {
      Path work = Files.createTempDirectory(Files.createDirectories(directory), "compile");
      try {
        Path output = Files.createDirectory(work.resolve("classes"));
        run(writeSources(work.resolve("src")), output);
        collect(output, classes);
      } finally {
        deleteTree(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private List<Path> writeSources(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = root.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    return files;
  }

  private void run(List<Path> files, Path output) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-d", output.toString(), "-classpath", compilePath()));
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  arguments,
                  null,
                  manager.getJavaFileObjects(files.toArray(new Path[0])))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("the test's source does not compile:\n" + messages);
      }
    }
  }

  private String compilePath() {
    return Stream.concat(classPath.stream(), libraries.stream())
        .map(Path::toString)
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }

  private static void collect(Path root, Map<String, byte[]> into) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        into.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  private Map<String, byte[]> content() {
    Map<String, byte[]> content = new LinkedHashMap<>();
    putManifest(content);
    content.putAll(compile());
    content.putAll(entries);
    return content;
  }

  private void putManifest(Map<String, byte[]> content) {
    if (manifest.isEmpty()) {
      return;
    }
    Manifest file = new Manifest();
    file.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(file.getMainAttributes()::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      file.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    content.put(JarFile.MANIFEST_NAME, bytes.toByteArray());
  }

  private void nested(Map<String, byte[]> content, String classes, String lib) {
    putManifest(content);
    compile().forEach((name, bytes) -> content.put(classes + name, bytes));
    entries.forEach((name, bytes) -> content.put(classes + name, bytes));
    for (Path library : libraries) {
      try {
        content.put(lib + library.getFileName(), Files.readAllBytes(library));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void unpack(Path jar, Map<String, byte[]> into) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && !into.containsKey(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            into.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String fileName, Map<String, byte[]> content) {
    try {
      Files.createDirectories(directory);
      return Files.write(directory.resolve(fileName), zip(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs entries into a zip; nested jars are stored, as Spring Boot's loader wants them. */
  public static byte[] zip(Map<String, byte[]> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> item : content.entrySet()) {
        put(out, item.getKey(), item.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    if (name.endsWith(".jar")) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
