package dev.hearth.cli;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.cli.config.ConfigException;
import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.http.ops.Deployments;
import dev.hearth.http.ops.RefusedChangeException;
import dev.hearth.route.Route;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes a host as its admin port is asked to. Of two who want to change one function at once, one is told to try again. Thread-safe.
 */
final class HostDeployments implements Deployments {

  private final Hearth hearth;
  private final Set<String> pools;
  private final RemoteArchives remote;
  private final @Nullable DeployedState state;
  private final Set<String> changing = ConcurrentHashMap.newKeySet();

  /**
   * @param pools those that functions may borrow from
   * @param remote from where archives are fetched
   * @param state remembers what was done; null where nothing is to be
   */
  HostDeployments(
      Hearth hearth, Set<String> pools, RemoteArchives remote, @Nullable DeployedState state) {
    this.hearth = hearth;
    this.pools = Set.copyOf(pools);
    this.remote = remote;
    this.state = state;
  }

  @Override
  public Change put(Wanted wanted) {
    begin(wanted.name());
    try {
      return deploy(wanted);
    } finally {
      changing.remove(wanted.name());
    }
  }

  @Override
  public void remove(String name) {
    begin(name);
    try {
      FunctionHandle function = known(name);
      requireNoRoute(name);
      remember(to -> to.removed(name), () -> {}); // it is still deployed
      var unused = function.undeploy(); // what still runs ends within the drain limit
    } finally {
      changing.remove(name);
    }
  }

  @Override
  public void rollback(String name) {
    begin(name);
    try {
      FunctionHandle function = known(name);
      if (function.past().isEmpty()) {
        throw new RefusedChangeException(
            409,
            "function '"
                + name
                + "' has no version before "
                + function.version()
                + " to go back to; deploy the archive you want");
      }
      function.rollback();
      remember(to -> to.rolledBack(name), () -> {}); // what was bad is not brought back
    } finally {
      changing.remove(name);
    }
  }

  @Override
  public void routes(String json) {
    Map<String, Route> before = hearth.routes();
    hearth.routes(readRoutes(json));
    remember(to -> to.routes(json), () -> hearth.routes(before));
  }

  private static Map<String, Route> readRoutes(String json) {
    try {
      return ConfigFile.routes(json);
    } catch (ConfigException e) {
      throw new RefusedChangeException(400, String.valueOf(e.getMessage()));
    }
  }

  private Change deploy(Wanted wanted) {
    Path base = base(wanted.base());
    Path uploaded = wanted.upload() == null ? null : Path.of("upload of " + wanted.name());
    FunctionSettings settings;
    String hash;
    try {
      settings = ConfigFile.function(wanted.name(), wanted.spec(), base, pools, uploaded);
      hash = keep(wanted, settings);
    } catch (ConfigException e) {
      throw new RefusedChangeException(400, String.valueOf(e.getMessage()));
    }
    requireHash(wanted, settings, hash);
    FunctionHandle before = hearth.function(wanted.name()).orElse(null);
    FunctionSpec spec = settings.toSpec();
    if (before != null && !wanted.force() && isSame(before, settings, hash)) {
      return Change.UNCHANGED;
    }
    if (before == null) {
      hearth.deployStored(wanted.name(), spec, hash);
    } else {
      before.swapStored(spec, hash);
    }
    DeployedState.Entry entry =
        new DeployedState.Entry(
            wanted.spec(), base.toString(), hash, settings.archive().toString());
    remember(to -> to.deployed(wanted.name(), entry), () -> undo(wanted.name(), before));
    return before == null ? Change.DEPLOYED : Change.SWAPPED;
  }

  private static boolean isSame(FunctionHandle now, FunctionSettings wanted, String hash) {
    return now.archiveHash().equals(hash) && wanted.revision().equals(now.spec().revision());
  }

  private String keep(Wanted wanted, FunctionSettings settings) {
    if (wanted.upload() != null) {
      return hearth.keep(wanted.upload(), settings.archive().toString());
    }
    String url = ConfigFile.archiveUrl(wanted.name(), wanted.spec());
    return url == null
        ? hearth.keep(settings.archive())
        : remote.keep(hearth, url, wanted.sha256());
  }

  private static void requireHash(Wanted wanted, FunctionSettings settings, String hash) {
    String expected = wanted.sha256();
    if (expected != null && !expected.toLowerCase(Locale.ROOT).equals(hash)) {
      throw new RefusedChangeException(
          422,
          "archive "
              + settings.archive()
              + " has SHA-256 "
              + hash
              + ", not "
              + expected
              + "; it has changed, or is another file on the host's machine");
    }
  }

  private static Path base(@Nullable String given) {
    try {
      Path base = Path.of(given == null ? "" : given);
      return base.toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new RefusedChangeException(400, "base '" + given + "' is no path: " + e.getReason());
    }
  }

  private FunctionHandle known(String name) {
    return hearth
        .function(name)
        .orElseThrow(
            () ->
                new RefusedChangeException(
                    404, "function '" + name + "' is not deployed; see /functions"));
  }

  private void requireNoRoute(String name) {
    for (Map.Entry<String, Route> route : hearth.routes().entrySet()) {
      if (route.getValue().leadsTo(name)) {
        throw new RefusedChangeException(
            409,
            "route '"
                + route.getKey()
                + "' leads to function '"
                + name
                + "'; take it out of the route first: PUT /routes");
      }
    }
  }

  private void begin(String name) {
    if (!changing.add(name)) {
      throw new RefusedChangeException(
          409, "function '" + name + "' is being changed by another request; try again after it");
    }
  }

  private void undo(String name, @Nullable FunctionHandle before) {
    if (before == null) {
      hearth.function(name).ifPresent(FunctionHandle::undeploy);
    } else {
      before.rollback();
    }
  }

  private interface Save {
    void to(DeployedState state) throws IOException;
  }

  private void remember(Save save, Runnable undo) {
    if (state == null) {
      return;
    }
    try {
      save.to(state);
    } catch (IOException e) {
      undo.run();
      throw new RefusedChangeException(
          507,
          "the change cannot be remembered for the next start, and is not made: "
              + e.getMessage()
              + "; see to the space left in the store");
    }
  }
}
