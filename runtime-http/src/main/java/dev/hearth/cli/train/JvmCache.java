package dev.hearth.cli.train;

import java.nio.file.Path;

/**
 * The kind of cache that a JDK makes of the classes it has loaded: an AOT cache (JEP 514) from 25 on, before that a dynamic CDS archive (JEP
 * 350). It fits one build of a JDK, one class path and the times of its jars; the JVM goes without one that does not fit.
 */
public enum JvmCache {
  /** From JDK 25 on. */
  AOT("aot", "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput="),
  /** JDK 17 to 24. */
  CDS("jsa", "-XX:ArchiveClassesAtExit=");

  private static final int FIRST_WITH_AOT = 25;

  private final String suffix;
  private final String option;

  JvmCache(String suffix, String option) {
    this.suffix = suffix;
    this.option = option;
  }

  /** That of the JDK that runs this. */
  public static JvmCache ofThisJdk() {
    return Runtime.version().feature() >= FIRST_WITH_AOT ? AOT : CDS;
  }

  /** Where the launcher looks for it. */
  public Path file(Path home) {
    return home.resolve("lib")
        .resolve("cache")
        .resolve(System.getProperty("java.runtime.version") + "." + suffix);
  }

  /**
   * The JVM's options to write it when it ends. An AOT cache is written without the profiles of methods (JEP 515): their compilation at each
   * start takes processor time from the first answer, which needs none of it.
   */
  String writing(Path file) {
    return option + file;
  }
}
