package dev.hearth.signature.fn;

import com.fnproject.fn.api.FunctionInvoker;
import com.fnproject.fn.api.InputCoercion;
import com.fnproject.fn.api.InputEvent;
import com.fnproject.fn.api.MethodWrapper;
import com.fnproject.fn.api.OutputBinding;
import com.fnproject.fn.api.OutputCoercion;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.RuntimeContext;
import com.fnproject.fn.api.exception.FunctionConfigurationException;
import com.fnproject.fn.api.exception.FunctionInputHandlingException;
import dev.hearth.signature.spi.BoundMethod;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One instance's runtime: what its function object, coercions, invokers and attributes are. Thread-safe. */
@SuppressWarnings("rawtypes") // the API's coercions are
final class FunctionRuntime implements RuntimeContext {

  private final Entry entry;
  private final Settings settings;
  private final JsonBinding json;

  private final Map<String, @Nullable Object> attributes =
      Collections.synchronizedMap(new HashMap<>());
  private final List<InputCoercion> inputs = new CopyOnWriteArrayList<>();
  private final List<OutputCoercion> outputs = new CopyOnWriteArrayList<>();
  private final List<FunctionInvoker> before = new CopyOnWriteArrayList<>();
  private final List<FunctionInvoker> instead = new CopyOnWriteArrayList<>();

  /** Held while the function object is constructed, so that there is one; nobody outside this instance waits for it. */
  private final ReentrantLock construction = new ReentrantLock();

  private volatile @Nullable Object instance; // written once, under the lock
  private volatile @Nullable BoundMethod bound; // whoever makes another calls the same

  FunctionRuntime(Entry entry, Settings settings, JsonBinding json) {
    this.entry = entry;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Initialises the function's class, enables its features, and configures it.
   *
   * @throws com.fnproject.fn.api.exception.FunctionLoadException if the function's code threw an exception
   */
  void start() {
    Class<?> type = entry.method().getTargetClass();
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ExceptionInInitializerError e) {
      throw InitialisationException.of(
          "function class " + type.getName() + " cannot be initialised", e.getCause());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // it is loaded already
    }
    Features.enable(type, this);
    entry.configuration().run(this);
  }

  /** The function object, made at its first use; null where the function is static. */
  @Nullable Object instance() {
    Construction how = entry.construction();
    Object known = instance;
    if (known != null || how == null) {
      return known;
    }
    construction.lock();
    try {
      known = instance;
      if (known == null) {
        known = how.create(this);
        instance = known;
      }
      return known;
    } finally {
      construction.unlock();
    }
  }

  /** The function object if it was made, else null. */
  @Nullable Object made() {
    return instance;
  }

  /**
   * Answers one event: by the first invoker that takes it, else by the function's method.
   *
   * @throws Throwable what the function or one of its invokers threw, as it threw it
   */
  OutputEvent answer(CallContext call, InputEvent event) throws Throwable {
    OutputEvent answer = ofFirst(before, call, event);
    if (answer == null) {
      answer = ofFirst(instead, call, event);
    }
    return answer == null ? ofMethod(call, event) : answer;
  }

  private static @Nullable OutputEvent ofFirst(
      List<FunctionInvoker> invokers, CallContext call, InputEvent event) {
    for (FunctionInvoker invoker : invokers) {
      Optional<OutputEvent> answer = invoker.tryInvoke(call, event);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return null;
  }

  private OutputEvent ofMethod(CallContext call, InputEvent event) throws Throwable {
    FunctionMethod method = entry.method();
    @Nullable Object[] arguments = Coercing.arguments(this, call, event, method);
    Object result = bound(method).callAll(arguments);
    return Coercing.result(this, call, method, result);
  }

  private BoundMethod bound(FunctionMethod method) {
    BoundMethod known = bound;
    if (known == null) {
      known = method.on(instance());
      bound = known;
    }
    return known;
  }

  @Override
  public String getAppID() {
    return settings.appId();
  }

  @Override
  public String getFunctionID() {
    return settings.functionId();
  }

  @Override
  public String getAppName() {
    return settings.appName();
  }

  @Override
  public String getFunctionName() {
    return settings.functionName();
  }

  @Override
  public Optional<Object> getInvokeInstance() {
    return Optional.ofNullable(instance());
  }

  @Override
  public MethodWrapper getMethod() {
    return entry.method();
  }

  @Override
  public Optional<String> getConfigurationByKey(String key) {
    return Optional.ofNullable(settings.configuration().get(key));
  }

  @Override
  public Map<String, String> getConfiguration() {
    return settings.configuration();
  }

  @Override
  public <T> Optional<T> getAttribute(String name, Class<T> type) {
    Objects.requireNonNull(type, "type");
    return Optional.ofNullable(type.cast(attributes.get(Objects.requireNonNull(name, "att"))));
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    attributes.put(Objects.requireNonNull(name, "att"), value);
  }

  @Override
  public void addInputCoercion(InputCoercion coercion) {
    inputs.add(Objects.requireNonNull(coercion, "ic"));
  }

  @Override
  public List<InputCoercion> getInputCoercions(MethodWrapper method, int parameter) {
    Class<? extends InputCoercion> named = FunctionMethod.coercion(method, parameter);
    List<InputCoercion> all = new ArrayList<>(inputs.size() + 2);
    if (named != null) {
      all.add(ofParameter(named, method, parameter));
      return all;
    }
    all.addAll(inputs);
    all.add(StandardInput.INSTANCE);
    all.add(json);
    return all;
  }

  private static InputCoercion ofParameter(
      Class<? extends InputCoercion> named, MethodWrapper method, int parameter) {
    try {
      return create(named);
    } catch (ReflectiveOperationException e) {
      throw new FunctionInputHandlingException(
          "coercion "
              + named.getName()
              + " of parameter "
              + parameter
              + " of "
              + method
              + " cannot be made: "
              + cause(e),
          cause(e));
    }
  }

  @Override
  public void addOutputCoercion(OutputCoercion coercion) {
    outputs.add(Objects.requireNonNull(coercion, "oc"));
  }

  @Override
  public List<OutputCoercion> getOutputCoercions(Method method) {
    OutputBinding named = method.getAnnotation(OutputBinding.class);
    List<OutputCoercion> all = new ArrayList<>(outputs.size() + 2);
    if (named != null) {
      all.add(ofResult(named.coercion(), method));
      return all;
    }
    all.addAll(outputs);
    all.add(StandardOutput.INSTANCE);
    all.add(json);
    return all;
  }

  private static OutputCoercion ofResult(Class<? extends OutputCoercion> named, Method method) {
    try {
      return create(named);
    } catch (ReflectiveOperationException e) {
      throw new FunctionConfigurationException(
          "coercion "
              + named.getName()
              + " of the result of "
              + method.getName()
              + " cannot be made: "
              + cause(e),
          cause(e));
    }
  }

  private static <T> T create(Class<T> type) throws ReflectiveOperationException {
    Constructor<T> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true); // a nested class need not be public
    return constructor.newInstance();
  }

  private static Throwable cause(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
  }

  @Override
  public void addInvoker(FunctionInvoker invoker, FunctionInvoker.Phase phase) {
    Objects.requireNonNull(invoker, "invoker");
    (Objects.requireNonNull(phase, "phase") == FunctionInvoker.Phase.PreCall ? before : instead)
        .add(0, invoker);
  }
}
