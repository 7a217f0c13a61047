package dev.hearth.signature.aws;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import org.jspecify.annotations.Nullable;

/** A handler and how it is entered. */
final class LambdaBinding implements Binding, FailureFormat {

  private final Class<?> type;
  private final Entry entry;
  private final @Nullable InstanceFactory factory;
  private final @Nullable HttpEvents http;

  @GuardedBy("this")
  private @Nullable Platform
      platform; // one per version, as the logger is one per class of the vendor's

  /**
   * @param factory makes instances; null where the handler is a static method
   * @param http makes events of HTTP requests; null where the handler takes a gateway's events from nobody
   */
  LambdaBinding(
      Class<?> type, Entry entry, @Nullable InstanceFactory factory, @Nullable HttpEvents http) {
    this.type = type;
    this.entry = entry;
    this.factory = factory;
    this.http = http;
  }

  @Override
  public Shape shape() {
    if (entry.output() == Entry.Output.STREAM || http != null) {
      return Shape.EXCHANGE;
    }
    return entry.output() == Entry.Output.NOTHING ? Shape.CONSUMER : Shape.FUNCTION;
  }

  @Override
  public boolean takesEvents() {
    return true;
  }

  /** Lambda's environments run one call at a time unless they are told otherwise. */
  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    Platform here = platform(environment); // before the constructor, which may log
    Object handler = null;
    if (factory == null) {
      initialise();
    } else {
      handler = factory.create(environment);
    }
    if (entry.output() == Entry.Output.VALUE || entry.takesValue()) {
      return new ValueHandler(
          entry, handler, here, http, new Serializers(type.getClassLoader(), entry));
    }
    return new StreamHandler(entry, handler, here, http);
  }

  private void initialise() throws Throwable {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private synchronized Platform platform(Environment environment) {
    Platform known = platform;
    if (known == null) {
      known = Platform.begin(environment, type.getClassLoader());
      platform = known;
    }
    return known;
  }

  @Override
  public byte[] document(Throwable failure) {
    return Failures.document(failure);
  }

  @Override
  public String text(Throwable failure) {
    return Failures.text(failure);
  }
}
