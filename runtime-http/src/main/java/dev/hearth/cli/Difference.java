package dev.hearth.cli;

import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to a running host so that it is as a file says. Pools and certificates are not compared: a host has those that
 * it was started with.
 *
 * @param items one for each function of the file, in its order, then those that it does not have
 * @param routes whether the routes differ
 */
record Difference(List<Item> items, boolean routes) {

  private static final int SHOWN = 12;

  /** What is to become of a function. */
  enum Kind {
    NEW('+'),
    CHANGED('~'),
    GONE('-'),
    SAME('=');

    final char sign;

    Kind(char sign) {
      this.sign = sign;
    }
  }

  /**
   * One function.
   *
   * @param settings null for one that is not in the file
   * @param hash of the archive that the file names
   * @param reason what differs
   */
  record Item(
      Kind kind, String name, @Nullable FunctionSettings settings, String hash, String reason) {}

  static Difference between(HearthSettings file, AdminClient host) {
    Map<String, AdminClient.Running> running = new LinkedHashMap<>();
    for (AdminClient.Running each : host.functions()) {
      running.put(each.name(), each);
    }
    List<Item> items = new ArrayList<>();
    for (FunctionSettings wanted : file.functions().values()) {
      items.add(item(wanted, running.remove(wanted.name())));
    }
    for (String name : running.keySet()) {
      items.add(new Item(Kind.GONE, name, null, "", "not in the file"));
    }
    boolean routes = !ConfigFile.routes(host.routes()).equals(file.routes());
    return new Difference(items, routes);
  }

  private static Item item(FunctionSettings wanted, AdminClient.@Nullable Running now) {
    String hash = hash(ArchiveArgument.require(wanted.archive()));
    if (now == null) {
      return new Item(Kind.NEW, wanted.name(), wanted, hash, "archive " + hash.substring(0, SHOWN));
    }
    List<String> reasons = new ArrayList<>();
    if (!now.archive().equals(hash)) {
      reasons.add(
          "archive " + now.archive().substring(0, SHOWN) + " -> " + hash.substring(0, SHOWN));
    }
    if (!now.revision().equals(wanted.revision())) {
      reasons.add("settings");
    }
    Kind kind = reasons.isEmpty() ? Kind.SAME : Kind.CHANGED;
    return new Item(kind, wanted.name(), wanted, hash, String.join(", ", reasons));
  }

  /** Whether nothing is to be done. */
  boolean isNone() {
    return !routes && items.stream().allMatch(item -> item.kind() == Kind.SAME);
  }

  /** SHA-256 of a file; of a directory what a store has it by. */
  static String hash(Path archive) {
    try {
      return Files.isDirectory(archive) ? hashOfDirectory(archive) : hashOfFile(archive);
    } catch (IOException e) {
      throw new DeployException("archive " + archive + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String hashOfFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String hashOfDirectory(Path directory) throws IOException {
    Path store = Files.createTempDirectory("hearth-diff");
    try {
      return ArchiveStore.open(store).add(directory).hash();
    } finally {
      try (Stream<Path> files = Files.walk(store)) {
        files.sorted(Comparator.reverseOrder()).forEach(Difference::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
