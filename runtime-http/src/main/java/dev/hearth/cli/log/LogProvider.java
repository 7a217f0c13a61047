package dev.hearth.cli.log;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J's way to the process's sink. It is named to SLF4J by {@link ProcessLog} and not registered as a
 * service, so that an embedder who has this jar on the class path keeps the provider of his choice.
 */
public final class LogProvider implements SLF4JServiceProvider {

  private final ConcurrentMap<String, LineLogger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();
  private @Nullable ILoggerFactory factory;

  /** For SLF4J. */
  public LogProvider() {}

  @Override
  public void initialize() {
    ProcessLog log = requireNonNull(ProcessLog.installed(), "ProcessLog is not installed");
    Sink sink = log.sink();
    int threshold = log.threshold();
    factory = name -> logger(name, sink, threshold);
  }

  private Logger logger(String name, Sink sink, int threshold) {
    LineLogger known = loggers.get(name);
    if (known == null) {
      LineLogger made = new LineLogger(name, sink, threshold);
      LineLogger before = loggers.putIfAbsent(name, made);
      known = before == null ? made : before;
    }
    return known;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return requireNonNull(factory, "not initialised");
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0";
  }
}
