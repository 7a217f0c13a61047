package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.cli.config.ConfigException;
import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import dev.hearth.loader.DeployException;
import dev.hearth.route.Route;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Deploys what the settings say, and what an earlier process was told by its admin port, which goes before it. A function of the
 * latter kind that cannot be served any more is logged and left out; the others are served.
 */
record Redeployment(Hearth host, HearthSettings settings, DeployedState remembered) {

  void run() {
    Map<String, DeployedState.Entry> before = remembered.newest();
    for (FunctionSettings function : settings.functions().values()) {
      if (before.containsKey(function.name())) {
        LoggerFactory.getLogger(Redeployment.class)
            .info(
                "function '{}' is as it was deployed by the admin port, not as the command line or file says",
                function.name());
      } else {
        host.deploy(function.name(), function.toSpec());
      }
    }
    before.forEach(this::deploy);
    routes();
  }

  private void deploy(String name, DeployedState.Entry entry) {
    if (entry.isRemoved()) {
      return;
    }
    try {
      FunctionSettings function =
          ConfigFile.function(
              name,
              entry.spec(),
              Path.of(entry.base()),
              settings.pools().keySet(),
              Path.of(entry.origin()));
      host.deployStored(name, function.toSpec(), entry.archive());
    } catch (DeployException | ConfigException e) {
      LoggerFactory.getLogger(Redeployment.class)
          .error("function '{}' cannot be served as it was before: {}", name, e.getMessage());
    }
  }

  private void routes() {
    String json = remembered.routes();
    try {
      Map<String, Route> routes = json == null ? settings.routes() : ConfigFile.routes(json);
      host.routes(routes);
    } catch (DeployException | ConfigException e) {
      LoggerFactory.getLogger(Redeployment.class)
          .error("the routes cannot be as they were before: {}", e.getMessage());
    }
  }
}
