package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM keeps, as {@code jcmd} tells after a collection.
 *
 * @param heapBytes of live objects
 * @param metaspaceBytes committed
 */
record JvmMemory(long heapBytes, long metaspaceBytes) {

  private static final long LIMIT_SECONDS = 60;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern METASPACE =
      Pattern.compile("Both:\\s+\\d+ bytes reserved,\\s+(\\d+) bytes");

  /** Collects twice, so that what the first one unloaded is gone, and looks. */
  static JvmMemory of(Path javaHome, long pid) throws IOException, InterruptedException {
    jcmd(javaHome, pid, "GC.run");
    jcmd(javaHome, pid, "GC.run");
    long heap = find(TOTAL, jcmd(javaHome, pid, "GC.class_histogram"));
    return new JvmMemory(heap, find(METASPACE, jcmd(javaHome, pid, "VM.metaspace", "scale=1")));
  }

  double mebibytes() {
    return (heapBytes + metaspaceBytes) / 1048576.0;
  }

  private static long find(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("jcmd does not tell " + pattern + " in: " + text.strip());
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String jcmd(Path javaHome, long pid, String... command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("jcmd", ".txt");
    try {
      List<String> words = new ArrayList<>();
      words.add(javaHome.resolve("bin/jcmd").toString());
      words.add(String.valueOf(pid));
      words.addAll(List.of(command));
      Process process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            String.join(" ", words) + " has not ended within " + LIMIT_SECONDS + " s");
      }
      return Files.readString(said, StandardCharsets.UTF_8);
    } finally {
      Files.delete(said);
    }
  }
}
