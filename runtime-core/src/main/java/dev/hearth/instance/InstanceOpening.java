package dev.hearth.instance;

import dev.hearth.function.Environment;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Makes instances ahead of any call: constructed, initialised, warmed. The first alone, so that statics are made once in peace. */
final class InstanceOpening {

  private final Binding binding;
  private final Environment environment;
  private final ClassLoader loader;

  InstanceOpening(Binding binding, Environment environment, ClassLoader loader) {
    this.binding = binding;
    this.environment = environment;
    this.loader = loader;
  }

  /**
   * Makes instances, on this thread, which must be one that may run user code, and others where there are some.
   *
   * @return all of them
   * @throws Throwable what constructing, initialising or warming one threw; those made before it are closed again
   */
  List<Instance> open(int count, Executor others) throws Throwable {
    List<Instance> made = new ArrayList<>(count);
    try {
      if (count > 0) {
        made.add(open());
      }
      if (count > 1) {
        openTogether(count - 1, others, made);
      }
      return made;
    } catch (Throwable e) {
      try {
        InstancePool.closeAll(made);
      } catch (Exception onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }

  /** This thread takes every one that no other has begun: a host may have no thread to spare. */
  private void openTogether(int count, Executor others, List<Instance> made) throws Throwable {
    List<FutureTask<Instance>> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(new FutureTask<>(this::openElsewhere));
    }
    for (int i = 1; i < count; i++) {
      offer(tasks.get(i), others);
    }
    Throwable failure = null;
    for (FutureTask<Instance> task : tasks) {
      task.run();
    }
    for (FutureTask<Instance> task : tasks) {
      try {
        made.add(task.get());
      } catch (ExecutionException e) {
        failure = failure == null && e.getCause() != null ? e.getCause() : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void offer(FutureTask<Instance> task, Executor others) {
    try {
      others.execute(task);
    } catch (RejectedExecutionException e) {
      // Then this thread takes it.
    }
  }

  private Instance openElsewhere() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return open();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ExecutionException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Instance open() throws Throwable {
    Instance instance = new Instance();
    List<Lifecycle> hooks = instance.ready(binding, environment).hooks();
    try {
      for (int i = 0; i < hooks.size(); i++) {
        hooks.get(i).warm(environment);
      }
      return instance;
    } catch (Throwable e) {
      try {
        instance.close();
      } catch (Exception onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }
}
