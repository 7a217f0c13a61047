package dev.hearth.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A {@code hearth.yaml}. */
public final class ConfigFile {

  /** Larger files are refused before they are parsed. */
  public static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file and what it refers to as secrets. Paths in it are relative to its own directory.
   *
   * @throws ConfigException if anything is wrong; with every problem that could be found
   */
  public static HearthSettings read(Path file) {
    Problems problems = new Problems(file.toString());
    String text = text(file, problems);
    Path directory = file.toAbsolutePath().getParent();
    return parse(text, directory == null ? file.toAbsolutePath() : directory, problems);
  }

  private static HearthSettings parse(String text, Path directory, Problems problems) {
    Tree tree = TreeReader.read(text, problems);
    HearthSettings settings = new SettingsReader(directory, problems).read(tree);
    problems.throwIfAny();
    return settings;
  }

  private static String text(Path file, Problems problems) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw problems.stop(Position.START, "the file does not exist");
    } catch (AccessDeniedException e) {
      throw problems.stop(Position.START, "the file cannot be read: permission denied");
    } catch (IOException e) {
      throw problems.stop(Position.START, "the file cannot be read: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      throw problems.stop(Position.START, "the file is larger than 1 MiB");
    }
    return decode(bytes, problems);
  }

  private static String decode(byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw problems.stop(endOf(text), "a byte that is not UTF-8; save the file in UTF-8 encoding");
    }
    if (text.startsWith("\uFEFF")) {
      throw problems.stop(
          Position.START, "the file begins with a byte order mark; save it as UTF-8 without one");
    }
    return text;
  }

  private static Position endOf(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return new Position(line, text.length() - text.lastIndexOf('\n'));
  }
}
