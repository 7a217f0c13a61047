package dev.hearth;

import static java.util.Objects.requireNonNull;

import dev.hearth.function.Headers;
import dev.hearth.instance.spi.Gauge;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.invoke.HeapWatch;
import dev.hearth.invoke.Quarantine;
import dev.hearth.invoke.Watchdog;
import dev.hearth.invoke.Workers;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FlatArchive;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.loader.StoredArchive;
import dev.hearth.loader.UnloadWatch;
import dev.hearth.log.LogSink;
import dev.hearth.route.Route;
import dev.hearth.signature.Signatures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host of functions.
 *
 * <pre>{@code
 * try (Hearth hearth = Hearth.builder().build()) {
 *   FunctionHandle hello = hearth.deploy("hello", FunctionSpec.of(Path.of("hello.jar")));
 *   String answer = hello.invoke("world", String.class);
 * }
 * }</pre>
 *
 * <p>Thread-safe. A host owns its threads, its store and what it deployed; {@link #close} lets running calls
 * end within the drain limit, then stops all of it. It must not be closed from inside a function.
 */
public final class Hearth implements AutoCloseable {

  private final Path store;
  private final boolean ownsStore;
  private final ArchiveStore archives;
  private final FunctionVersion.Host shared;
  private final List<ResourceProvider> resources;
  private final @Nullable Supplier<? extends LogSink> log;
  private final Duration drainLimit;
  private final int keepVersions;
  private final HeldVersions held;
  private final WarmStores stores = new WarmStores();
  private final ConcurrentMap<String, FunctionHandle> functions = new ConcurrentHashMap<>();
  private final Routing routing = new Routing(functions);
  private final AtomicLong versions = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Hearth(Builder from) {
    try {
      ownsStore = from.store == null;
      store = from.store == null ? TemporaryStore.create() : from.store;
      archives = ArchiveStore.open(store);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the archive store cannot be opened; set a directory that is writable with store(...)",
          e);
    }
    Workers workers = new Workers(from.name, from.maxThreads);
    Watchdog watchdog = Watchdog.start(from.name + "-watchdog");
    shared =
        new FunctionVersion.Host(
            Signatures.standard(),
            from.providedApis == null
                ? ProvidedApis.ofClassPath(Hearth.class.getClassLoader(), archives)
                : ProvidedApis.of(from.providedApis),
            workers,
            watchdog,
            new Quarantine(workers, from.maxQuarantined),
            new UnloadWatch(),
            new FunctionMeters(new HeapWatch(watchdog, from.heapExhausted)),
            from.hookLimit.toNanos(),
            from.flat == null ? null : new FlatArchive(from.flat));
    resources = new CopyOnWriteArrayList<>(from.resources);
    log = from.log;
    drainLimit = from.drainLimit;
    keepVersions = from.keepVersions;
    held = new HeldVersions(shared.unloads(), from.maxHeldVersions);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Loads, binds and initialises a function, then serves it under this name.
   *
   * @throws DeployException if it cannot be served, or the name is taken
   */
  public FunctionHandle deploy(String name, FunctionSpec spec) {
    return deploy(name, spec, null);
  }

  /**
   * The same from the code that another function runs, whatever has become of the file it came from.
   *
   * @param spec its settings; its archive is not looked at
   * @param codeOf whose code it is
   * @throws DeployException if it cannot be served, or the name is taken
   */
  public FunctionHandle deployCopy(String name, FunctionSpec spec, FunctionHandle codeOf) {
    return deploy(name, spec, codeOf.archive());
  }

  /**
   * The same from an archive that the store has from before, perhaps from an earlier host.
   *
   * @param spec its settings; its archive is for messages only
   * @param hash SHA-256 as {@link FunctionHandle#archiveHash} gives it
   * @throws DeployException if it cannot be served, the name is taken, or the store does not have it intact
   */
  public FunctionHandle deployStored(String name, FunctionSpec spec, String hash) {
    return deploy(name, spec, archives.stored(hash, spec.archive().toString()));
  }

  /**
   * Copies an archive into the store and checks it, without deploying it: for {@link #deployStored} and {@link FunctionHandle#swapStored}.
   *
   * @return SHA-256 of its content, in hexadecimal; of a file that is one of the file
   * @throws DeployException if it cannot be read, is nothing that can be loaded, or exceeds a limit
   */
  public String keep(Path archive) {
    requireOpen();
    return archives.add(archive).hash();
  }

  /**
   * The same of an archive that is no file.
   *
   * @param content of a jar or zip; read to its end, not closed
   * @param origin what to call it in messages
   */
  public String keep(InputStream content, String origin) {
    requireOpen();
    return archives.add(content, origin).hash();
  }

  private FunctionHandle deploy(String name, FunctionSpec spec, @Nullable StoredArchive code) {
    requireOpen();
    requireName(name);
    if (functions.containsKey(name)) {
      throw taken(name);
    }
    FunctionVersion version = code == null ? open(name, spec) : open(name, spec, code);
    FunctionHandle handle =
        new FunctionHandle(name, version, new Versions(), new VersionHistory(keepVersions));
    if (functions.putIfAbsent(name, handle) != null) {
      retire(version);
      throw taken(name);
    }
    if (closed.get()) {
      handle.undeploy();
      requireOpen();
    }
    return handle;
  }

  private static DeployException taken(String name) {
    return new DeployException(
        "function '" + name + "' is deployed already; swap it, or choose another name");
  }

  /** The function of this name, if there is one. */
  public Optional<FunctionHandle> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /**
   * The function that takes a call: the one of this name, or one that the {@linkplain #routes route} of this name leads to.
   *
   * @param headers of the request, for a route that goes by one of them
   * @return empty if there is none; so is a route's target that is not deployed any more
   */
  public Optional<FunctionHandle> callee(String name, Headers headers) {
    return Optional.ofNullable(routing.callee(name, headers));
  }

  /**
   * The function that takes a call which names none: the only one there is, or one that the only route leads to if there is none
   * beside its targets.
   *
   * @return empty if nobody could tell
   */
  public Optional<FunctionHandle> onlyCallee(Headers headers) {
    return Optional.ofNullable(routing.onlyCallee(headers));
  }

  /**
   * Replaces all routes at once. Each call is decided when it arrives; a name without a route costs nothing more than before.
   *
   * @param routes by the name that callers use, which may be that of one of the route's own targets: then the route counts
   * @throws DeployException if a target is not deployed, or a route hides a function that it does not lead to; the routes are as before
   */
  public void routes(Map<String, Route> routes) {
    requireOpen();
    for (String name : routes.keySet()) {
      requireName(name);
    }
    routing.replace(routes);
  }

  /** The routes there are, by name; unmodifiable. */
  public Map<String, Route> routes() {
    return routing.routes();
  }

  /** The functions deployed now, by name. */
  public Collection<FunctionHandle> functions() {
    List<FunctionHandle> all = new ArrayList<>(functions.values());
    all.sort(Comparator.comparing(FunctionHandle::name));
    return all;
  }

  /**
   * Versions that were retired and closed but whose loader the JVM has not collected yet. One that stays
   * listed after a few collections is held by something its function left behind.
   */
  public List<UnloadWatch.Pending> retired() {
    return shared.unloads().pending();
  }

  /**
   * The provider of resources of this class; if there is none it is made and belongs to the host, which closes it.
   *
   * @throws IllegalStateException if the host is closed
   */
  public <T extends ResourceProvider> T provider(Class<T> type, Supplier<T> maker) {
    synchronized (resources) {
      requireOpen();
      for (ResourceProvider provider : resources) {
        if (type.isInstance(provider)) {
          return type.cast(provider);
        }
      }
      T made = maker.get();
      resources.add(made);
      return made;
    }
  }

  /** Forgets the answers that are kept of a function. */
  public void purge(String function) {
    for (ResourceProvider provider : resources) {
      provider.purge(function);
    }
  }

  /** What the host's resources show of themselves, family by family. */
  public List<Gauge> gauges() {
    List<Gauge> all = new ArrayList<>();
    for (ResourceProvider provider : resources) {
      all.addAll(provider.gauges());
    }
    return all;
  }

  /** How many versions the JVM has collected since the host began. */
  public long unloaded() {
    return shared.unloads().unloaded();
  }

  /** Threads inside functions' code that nothing could stop, the oldest first; each was replaced. */
  public List<Quarantine.Held> quarantined() {
    return shared.quarantine().held();
  }

  /** How many threads were quarantined since the host began, those that came back included. */
  public long quarantinedTotal() {
    return shared.quarantine().total();
  }

  /** Why the host should get no more calls, in one line; null when nothing speaks against it. */
  public @Nullable String unready() {
    return shared.quarantine().unready();
  }

  /**
   * The jars of a vendor's API that the host puts behind functions that need it, for compiling code against.
   *
   * @param set its name, such as {@code openwhisk}
   * @return empty if the host has no such set
   */
  public List<Path> providedApi(String set) {
    List<Path> jars = shared.providedApis().jars(requireNonNull(set, "set"));
    return jars == null ? List.of() : List.copyOf(jars);
  }

  /** Whether a call ran out of memory, and it is not known yet that there is enough again; for seconds at most. */
  public boolean isShortOfMemory() {
    return shared.meters().isShortOfMemory();
  }

  /**
   * What holds a version that was retired and is not collected; dumps the heap to find it, for which everything stands still: about
   * a second for each GB in use, and as much space in the temporary directory.
   *
   * @return one line for each step from a root to its loader; empty if it is not held any more
   * @throws IOException if the heap cannot be dumped, which needs a HotSpot JVM
   */
  public List<String> holder(String function, String version) throws IOException {
    return shared.unloads().holder(function, version);
  }

  private FunctionVersion open(String name, FunctionSpec spec) {
    requireOpen();
    return open(name, spec, archives.add(archives(spec)));
  }

  private FunctionVersion open(String name, FunctionSpec spec, StoredArchive archive) {
    requireOpen();
    held.require(name);
    String id = archive.shortHash() + "-" + versions.incrementAndGet();
    VersionEnvironment environment = VersionEnvironment.of(name, id, spec, resources, stores, log);
    try {
      return FunctionVersion.open(spec, archive, environment, shared);
    } catch (RuntimeException | Error e) {
      if (!functions.containsKey(name)) {
        stores.forget(name); // its first version left something and is not served
      }
      throw e;
    }
  }

  private static List<Path> archives(FunctionSpec spec) {
    if (spec.behind().isEmpty()) {
      return List.of(spec.archive());
    }
    List<Path> all = new ArrayList<>();
    all.add(spec.archive());
    all.addAll(spec.behind());
    return all;
  }

  private CompletionStage<Void> retire(FunctionVersion version) {
    return version.retire(drainLimit.toNanos());
  }

  private CompletionStage<Void> remove(FunctionHandle handle) {
    if (functions.remove(handle.name(), handle)) {
      shared.meters().forget(handle.name());
      for (ResourceProvider provider : resources) {
        provider.forget(handle.name());
      }
      stores.forget(handle.name());
    }
    List<CompletableFuture<Void>> retirements = new ArrayList<>();
    for (FunctionVersion version : handle.detach()) {
      retirements.add(retire(version).toCompletableFuture());
    }
    return retirements.size() == 1
        ? retirements.get(0)
        : CompletableFuture.allOf(retirements.toArray(new CompletableFuture<?>[0]));
  }

  /** Removes every function, lets running calls end within the drain limit, and stops. Twice is once. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<CompletableFuture<Void>> retirements = new ArrayList<>();
    for (FunctionHandle handle : functions()) {
      retirements.add(remove(handle).toCompletableFuture());
    }
    awaitAll(retirements);
    shared.workers().close(Duration.ofSeconds(1));
    shared.watchdog().close();
    for (int i = resources.size() - 1; i >= 0; i--) {
      resources.get(i).close();
    }
    if (ownsStore) {
      deleteStore();
    }
  }

  private void awaitAll(List<CompletableFuture<Void>> retirements) {
    try {
      CompletableFuture.allOf(retirements.toArray(new CompletableFuture<?>[0]))
          .get(drainLimit.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      org.slf4j.LoggerFactory.getLogger(Hearth.class)
          .warn("closing: some calls did not end within the drain limit of {}", drainLimit);
    }
  }

  private void deleteStore() {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Hearth.class).warn("cannot delete {}", store, e);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the host is closed");
    }
  }

  private static void requireName(String name) {
    requireNonNull(name, "name");
    if (!isName(name)) {
      throw new DeployException(
          "function name '"
              + name
              + "' is not allowed; use 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit");
    }
  }

  /** Whether a function may be called so: 1 to 63 of A–Z a–z 0–9 - _ . beginning with a letter or digit. */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > 63) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && (i == 0 || (c != '-' && c != '_' && c != '.'))) {
        return false;
      }
    }
    return true;
  }

  private final class Versions implements FunctionHandle.Deployer {
    @Override
    public FunctionVersion open(String name, FunctionSpec spec) {
      return Hearth.this.open(name, spec);
    }

    @Override
    public FunctionVersion openStored(String name, FunctionSpec spec, String hash) {
      return Hearth.this.open(name, spec, archives.stored(hash, spec.archive().toString()));
    }

    @Override
    public FunctionVersion openAgain(String name, FunctionVersion version) {
      return Hearth.this.open(name, version.spec, version.archive);
    }

    @Override
    public FunctionVersion openAgain(String name, FunctionSpec spec, StoredArchive archive) {
      return Hearth.this.open(name, spec, archive);
    }

    @Override
    public void setAside(FunctionVersion version) {
      version.setAside(drainLimit.toNanos());
    }

    @Override
    public CompletionStage<Void> retire(FunctionVersion version) {
      return Hearth.this.retire(version);
    }

    @Override
    public CompletionStage<Void> remove(FunctionHandle handle) {
      return Hearth.this.remove(handle);
    }
  }

  /** Builds a {@link Hearth}. Not thread-safe. */
  public static final class Builder {
    private String name = "hearth";
    private int maxThreads = 200;
    private int maxQuarantined = 10;
    private @Nullable Path store;
    private @Nullable Path providedApis;
    private @Nullable Path flat;
    private @Nullable Supplier<? extends LogSink> log;
    private Duration drainLimit = Duration.ofSeconds(30);
    private Duration hookLimit = Duration.ofSeconds(10);
    private @Nullable Consumer<String> heapExhausted;
    private int keepVersions;
    private int maxHeldVersions = 20;
    private final List<ResourceProvider> resources = new ArrayList<>();

    private Builder() {}

    /** The first part of the host's thread names; {@code hearth} by default. */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /** The most platform threads that run functions at once; 200 by default, at least 1. */
    public Builder maxThreads(int threads) {
      if (threads < 1) {
        throw new IllegalArgumentException("maxThreads is " + threads + "; it must be at least 1");
      }
      this.maxThreads = threads;
      return this;
    }

    /**
     * How many threads may be held by functions that cannot be stopped before the host says that it is {@linkplain Hearth#unready not
     * ready}; 10 by default, at least 0.
     */
    public Builder maxQuarantined(int threads) {
      if (threads < 0) {
        throw new IllegalArgumentException(
            "maxQuarantined is " + threads + "; it must be zero or more");
      }
      this.maxQuarantined = threads;
      return this;
    }

    /** Where archives are kept; by default a temporary directory, deleted when the host closes. */
    public Builder store(Path directory) {
      this.store = requireNonNull(directory, "directory");
      return this;
    }

    /**
     * Where vendor APIs are that functions compile against but need not bring: a directory with one
     * folder of jars per set. By default those that the class path holds.
     */
    public Builder providedApis(Path directory) {
      this.providedApis = requireNonNull(directory, "directory");
      return this;
    }

    /**
     * A jar that is on the class path of Hearth's own loader as well, behind Hearth: the first version that is deployed from it has its
     * classes from there, where the JVM's cache of classes can hold them. They are then not isolated from the host's, not guarded and not
     * unloaded; later versions are. Such a jar is refused when it is deployed if it is not one plain jar or brings another version of a
     * library of the host. None by default.
     */
    public Builder flat(Path jar) {
      this.flat = requireNonNull(jar, "jar");
      return this;
    }

    /**
     * Who is to be told that the JVM's memory is used up for good: a call ran out of it, and five collections in as many seconds left less
     * than a tenth of the heap free. Such a process should be ended, which is its owner's to do; by default the log says it and that is all.
     *
     * @param action given the name of the function whose call it was; runs on a thread of the host's that it must not block
     */
    public Builder onHeapExhausted(Consumer<String> action) {
      this.heapExhausted = requireNonNull(action, "action");
      return this;
    }

    /** How long calls may run on after their version was retired or the host closed; 30 s by default. */
    public Builder drainLimit(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException(
            "drainLimit is " + limit + "; it must be zero or longer");
      }
      this.drainLimit = limit;
      return this;
    }

    /**
     * How long the hooks of a version may take that run after it was deployed ({@code beforeFreeze}, {@code afterThaw}, {@code
     * drain}, {@code close}); 10 s by default. What takes longer is interrupted and no longer waited for.
     */
    public Builder hookLimit(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException(
            "hookLimit is " + limit + "; it must be longer than zero");
      }
      this.hookLimit = limit;
      return this;
    }

    /**
     * How many replaced versions of each function stay warm, so that {@link FunctionHandle#rollback} takes no time; 0 by default, at
     * most 10. Each keeps its instances, threads and memory, and what it does by itself goes on; without any, going back loads the
     * archive anew.
     */
    public Builder keepVersions(int versions) {
      if (versions < 0 || versions > 10) {
        throw new IllegalArgumentException(
            "keepVersions is " + versions + "; it must be within 0 to 10");
      }
      this.keepVersions = versions;
      return this;
    }

    /**
     * How many retired versions of one function may stay in memory because something holds them; 20 by default, at least 1. With so
     * many no further version of it is taken, and the refusal names the holder.
     */
    public Builder maxHeldVersions(int versions) {
      if (versions < 1) {
        throw new IllegalArgumentException(
            "maxHeldVersions is " + versions + "; it must be at least 1");
      }
      this.maxHeldVersions = versions;
      return this;
    }

    /** Gives the host something to lend to functions; the host closes it. */
    public Builder resources(ResourceProvider provider) {
      resources.add(requireNonNull(provider, "provider"));
      return this;
    }

    /**
     * Where lines that functions log go; by default to the process's SLF4J, by {@link dev.hearth.log.Slf4jSink}.
     *
     * @param sink asked once for each version that logs, when it first does
     */
    public Builder log(Supplier<? extends LogSink> sink) {
      this.log = requireNonNull(sink, "sink");
      return this;
    }

    /** The host, running. It has one idle thread until something is deployed, and no port. */
    public Hearth build() {
      return new Hearth(this);
    }
  }
}
