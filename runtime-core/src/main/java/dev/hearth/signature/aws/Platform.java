package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.BindingException;
import java.lang.reflect.Field;

/** What Lambda's runtime is to one version: its settings, its logger, what happens around each call. Thread-safe. */
final class Platform {

  private static final String CRAC = "org.crac.Core";
  private static final String CRAC_COMPAT = "org.crac.Core.Compat";

  private final Settings settings;
  private final Logger logger;
  private final Log4jIds log4j;

  private Platform(Settings settings, Logger logger, ClassLoader function) {
    this.settings = settings;
    this.logger = logger;
    this.log4j = new Log4jIds(function);
  }

  /**
   * Prepares the function's world.
   *
   * @throws BindingException if one of the function's variables cannot be used
   */
  static Platform begin(Environment environment, ClassLoader function) {
    Settings settings = Settings.of(environment);
    Logger.Lines lines =
        settings.platformReadsOutput()
            ? new OutputLines(settings.logFormat())
            : new HostLines(environment.log());
    Logger logger = new Logger(settings.logLevel(), lines);
    replaceLogger(logger);
    chooseHooks(function);
    return new Platform(settings, logger, function);
  }

  /** The vendor leaves this field for the runtime to replace; the class is this function's own copy. */
  private static void replaceLogger(LambdaLogger logger) {
    try {
      Field field = LambdaRuntime.class.getDeclaredField("logger");
      field.setAccessible(true);
      field.set(null, logger);
    } catch (ReflectiveOperationException e) {
      throw new BindingException(
          "LambdaRuntime.logger of aws-lambda-java-core cannot be set ("
              + e
              + "); use a version that has this field",
          e);
    }
  }

  /**
   * Tells {@code org.crac} to look for Lambda's hooks. Elsewhere in the process that changes nothing: where these classes do not
   * exist it looks on as if nothing were set.
   */
  private static void chooseHooks(ClassLoader function) {
    if (function.getResource(CRAC.replace('.', '/') + ".class") != null) {
      System.getProperties().putIfAbsent(CRAC_COMPAT, "com.amazonaws.services.lambda.crac");
    }
  }

  /** The handler's view of a call. */
  LambdaContext context(Context call) {
    return new LambdaContext(call, settings, logger);
  }

  /** Marks log lines with a call from here on. */
  void enter(LambdaContext context) {
    logger.enter(context);
    log4j.put(context.getAwsRequestId());
  }

  /** Undoes {@link #enter}, on the same thread. */
  void leave() {
    log4j.remove();
    logger.leave();
  }
}
