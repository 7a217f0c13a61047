package dev.hearth.log.jdk;

import dev.hearth.loader.FunctionLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Gives each function loggers, levels, handlers and settings of {@code java.util.logging} of its own, by the calling thread's context
 * class loader. A function's root logger writes to its log; everyone else shares the usual loggers, whose root does so for functions
 * and writes to SLF4J for others.
 *
 * <p>Named to the JDK by the system property {@code java.util.logging.manager}, before anything logs. The JDK's file of settings is not
 * read. Thread-safe.
 *
 * <p>What a function sets is kept with its loader and goes with it. Loggers that the JDK makes for its own classes are everyone's, whoever
 * called it.
 */
public final class FunctionLogManager extends LogManager {

  /** Method by which the JDK makes loggers for its own classes. */
  private static final String OF_JDK = "demandSystemLogger";

  private static final int NEAR = 6; // frames between that method and this class, and some to spare

  /** Set when the JDK has made the process's own loggers, which a function may have caused. */
  private volatile boolean started;

  /** For the JDK. */
  public FunctionLogManager() {}

  private @Nullable LoggerTree tree() {
    FunctionLoader owner = started ? Owner.ofThread() : null;
    return owner == null ? null : owner.kept(LoggerTree.class, () -> new LoggerTree(owner));
  }

  @Override
  public @Nullable Logger getLogger(String name) {
    LoggerTree tree = tree();
    return tree == null ? super.getLogger(name) : tree.get(name);
  }

  @Override
  @SuppressWarnings("deprecation") // the other way to the global logger would come here again
  public boolean addLogger(Logger logger) {
    LoggerTree tree = tree();
    if (tree != null && !isOfJdk()) {
      return tree.add(logger);
    }
    boolean added = super.addLogger(logger);
    if (logger == Logger.global) {
      started = true; // the last that the JDK adds at the start
    }
    return added;
  }

  private static boolean isOfJdk() {
    return StackWalker.getInstance()
        .walk(frames -> frames.limit(NEAR).anyMatch(frame -> frame.getMethodName().equals(OF_JDK)));
  }

  @Override
  public Enumeration<String> getLoggerNames() {
    LoggerTree tree = tree();
    return tree == null ? super.getLoggerNames() : Collections.enumeration(tree.names());
  }

  @Override
  public @Nullable String getProperty(String name) {
    LoggerTree tree = tree();
    return tree == null ? super.getProperty(name) : tree.property(name);
  }

  @Override
  public void reset() {
    LoggerTree tree = tree();
    if (tree == null) {
      super.reset();
    } else {
      tree.reset();
    }
  }

  @Override
  public void readConfiguration() throws IOException {
    LoggerTree tree = tree();
    if (tree == null) {
      super.readConfiguration(ofHost());
    } else {
      tree.restore();
    }
  }

  @Override
  public void readConfiguration(InputStream settings) throws IOException {
    LoggerTree tree = tree();
    if (tree == null) {
      super.readConfiguration(settings);
    } else {
      tree.read(settings);
    }
  }

  @Override
  public void updateConfiguration(
      @Nullable Function<String, BiFunction<String, String, String>> mapper) throws IOException {
    LoggerTree tree = tree();
    if (tree == null) {
      super.updateConfiguration(ofHost(), mapper);
    } else {
      tree.update(InputStream.nullInputStream(), mapper);
    }
  }

  @Override
  public void updateConfiguration(
      InputStream settings, @Nullable Function<String, BiFunction<String, String, String>> mapper)
      throws IOException {
    LoggerTree tree = tree();
    if (tree == null) {
      super.updateConfiguration(settings, mapper);
    } else {
      tree.update(settings, mapper);
    }
  }

  @Override
  public LogManager addConfigurationListener(Runnable listener) {
    LoggerTree tree = tree();
    if (tree == null) {
      return super.addConfigurationListener(listener);
    }
    tree.listen(listener);
    return this;
  }

  @Override
  public void removeConfigurationListener(Runnable listener) {
    LoggerTree tree = tree();
    if (tree == null) {
      super.removeConfigurationListener(listener);
    } else {
      tree.forget(listener);
    }
  }

  /** Everything goes to one handler, from the level that SLF4J writes. */
  private static InputStream ofHost() {
    org.slf4j.Logger host = LoggerFactory.getLogger(FunctionLogManager.class);
    String level = host.isTraceEnabled() ? "FINEST" : host.isDebugEnabled() ? "FINE" : "INFO";
    String settings = "handlers=" + FunctionLogHandler.class.getName() + "\n.level=" + level + "\n";
    return new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1));
  }
}
