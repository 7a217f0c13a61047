package dev.hearth.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Properties;

/**
 * Where a run took place.
 *
 * @param date of the run, UTC
 * @param processor its name and how many of it the process may use
 * @param system kernel
 * @param load one-minute load average before the run
 */
record Machine(String date, String processor, String system, String load) {

  static Machine here() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new Machine(
        LocalDate.now(ZoneOffset.UTC).toString(),
        Runtime.getRuntime().availableProcessors() + " × " + processorName(),
        System.getProperty("os.name") + " " + kernel(),
        String.format(Locale.ROOT, "%.2f", load));
  }

  /** Major and minor version; what follows names a build. */
  private static String kernel() {
    String version = System.getProperty("os.version");
    int minor = version.indexOf('.') + 1;
    int end = minor;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return version.substring(0, end);
  }

  private static String processorName() {
    try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/cpuinfo"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
    return System.getProperty("os.arch");
  }

  /** The feature release in what {@link #jdk} gives. */
  static int feature(String jdk) {
    int end = 0;
    while (end < jdk.length() && Character.isDigit(jdk.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(jdk.substring(0, end));
  }

  /** What a JDK calls itself, from its {@code release} file. */
  static String jdk(Path javaHome) throws IOException {
    Properties release = new Properties();
    try (BufferedReader file = Files.newBufferedReader(javaHome.resolve("release"))) {
      release.load(file);
    }
    String vendor = release.getProperty("IMPLEMENTOR", "").replace("\"", "");
    return (release.getProperty("JAVA_VERSION", "?").replace("\"", "") + " " + vendor).strip();
  }
}
