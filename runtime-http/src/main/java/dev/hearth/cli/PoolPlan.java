package dev.hearth.cli;

import dev.hearth.cli.config.PoolSettings;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.pool.ConnectionPools;
import dev.hearth.pool.PoolSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the host's pools of their settings; loaded only when there are any. */
final class PoolPlan {

  private PoolPlan() {}

  static ResourceProvider open(Map<String, PoolSettings> settings) {
    Map<String, PoolSpec> specs = new LinkedHashMap<>();
    settings.forEach((name, pool) -> specs.put(name, spec(pool)));
    return ConnectionPools.of(specs);
  }

  private static PoolSpec spec(PoolSettings pool) {
    PoolSpec.Builder spec = PoolSpec.builder(pool.url()).properties(pool.properties());
    if (pool.user() != null) {
      spec.user(pool.user());
    }
    password(pool, spec);
    if (pool.max() != null) {
      spec.max(pool.max());
    }
    if (pool.minIdle() != null) {
      spec.minIdle(pool.minIdle());
    }
    if (pool.acquireTimeout() != null) {
      spec.acquireTimeout(pool.acquireTimeout());
    }
    if (pool.maxLifetime() != null) {
      spec.maxLifetime(pool.maxLifetime());
    }
    if (pool.keepalive() != null) {
      spec.keepalive(pool.keepalive());
    }
    return spec.build();
  }

  private static void password(PoolSettings pool, PoolSpec.Builder spec) {
    PoolSettings.Password password = pool.password();
    if (password == null) {
      return;
    }
    if (password.file() == null) {
      spec.password(password.value().reveal());
    } else {
      spec.passwordFile(password.file()); // read again for each connection: secrets are rotated
    }
  }
}
