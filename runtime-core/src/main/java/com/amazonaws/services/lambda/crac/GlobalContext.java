package com.amazonaws.services.lambda.crac;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The context of one version. Thread-safe; resources are told one after the other, without a lock held. */
final class GlobalContext extends Context<Resource> {

  private final List<WeakReference<Resource>> resources = new ArrayList<>(); // guarded by itself

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
    List<Resource> last = alive();
    Collections.reverse(last);
    CheckpointException failed = new CheckpointException();
    for (Resource resource : last) {
      try {
        resource.beforeCheckpoint(this);
      } catch (Throwable e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) throws RestoreException {
    RestoreException failed = new RestoreException();
    for (Resource resource : alive()) {
      try {
        resource.afterRestore(this);
      } catch (Throwable e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }

  @Override
  public void register(Resource resource) {
    synchronized (resources) {
      resources.removeIf(known -> known.refersTo(null) || known.refersTo(resource));
      resources.add(new WeakReference<>(resource));
    }
  }

  private List<Resource> alive() {
    List<Resource> alive = new ArrayList<>();
    synchronized (resources) {
      for (WeakReference<Resource> reference : resources) {
        Resource resource = reference.get();
        if (resource != null) {
          alive.add(resource);
        }
      }
    }
    return alive;
  }
}
