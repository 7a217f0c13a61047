package dev.hearth.cli;

import dev.hearth.cli.config.CallLimits;
import dev.hearth.cli.config.Durations;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.PoolSettings;
import dev.hearth.cli.config.TlsSettings;
import dev.hearth.http.contract.Listen;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.route.Route;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to {@code --print-config}: YAML with the origin of each value behind it, secrets masked. */
final class PlanText {

  private static final String MASK = "***";

  private final RunPlan plan;
  private final StringBuilder text = new StringBuilder();

  private PlanText(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * The text.
   *
   * @param expected where the contract is served when nobody says otherwise
   */
  static String of(RunPlan plan, Listen expected) {
    PlanText made = new PlanText(plan);
    made.options(plan.listen(expected));
    made.functions();
    made.pools();
    made.routes();
    return made.text.toString();
  }

  private void options(Setting<Listen> listen) {
    line(0, "contract", plan.contract());
    Listen at = listen.value();
    if (at.socket() != null) {
      line(0, "socket", at.socket(), listen.origin());
    } else if (at.port() >= 0) {
      line(0, "host", at.host(), plan.host() == null ? listen.origin() : plan.host().origin());
      line(0, "port", at.port(), plan.port() == null ? listen.origin() : plan.port().origin());
    }
    line(0, "admin-port", plan.adminPort());
    admin(plan.admin());
    line(0, "drain", Durations.write(plan.drain().value()), plan.drain().origin());
    line(0, "http2", plan.http2());
    if (plan.flat() != null) {
      line(0, "flat", plan.flat());
    }
    TlsSettings tls = plan.settings().tls();
    if (tls != null) {
      line(0, "tls.cert", tls.cert(), plan.origin(tls));
      line(0, "tls.key", tls.key(), plan.origin(tls));
    }
    if (plan.config() != null) {
      line(0, "config", plan.config());
    }
  }

  private void admin(AdminPlan admin) {
    line(0, "admin-host", admin.host());
    if (admin.token() != null) {
      line(0, "admin-token", MASK, admin.token().origin());
    }
    if (admin.tokenFile() != null) {
      line(0, "admin-token-file", admin.tokenFile());
    }
    if (admin.archives() != null) {
      line(0, "admin-archives", admin.archives());
    }
    if (admin.store() != null) {
      line(0, "store", admin.store());
    }
    line(0, "keep-versions", admin.keepVersions());
  }

  private void functions() {
    text.append(plan.settings().functions().isEmpty() ? "functions: {}\n" : "functions:\n");
    for (FunctionSettings function : plan.settings().functions().values()) {
      text.append("  ").append(function.name()).append(":\n");
      line(4, "archive", function.archive(), plan.origin(function, "archive"));
      if (!function.behind().isEmpty()) {
        line(4, "behind", function.behind(), plan.origin(function, "archive"));
      }
      if (function.handler() != null) {
        line(4, "handler", function.handler(), plan.origin(function, "handler"));
      } else {
        line(4, "handler", "''", "default, the archive tells");
      }
      instances(function);
      timeout(function);
      or(4, "threads", function.threads() == null ? null : threads(function), "auto");
      or(4, "guard", function.guard() == null ? null : guard(function), "auto");
      limits(function.limits());
      if (function.cache() != null) {
        line(4, "cache", function.cache(), file());
      }
      if (function.warm() != null) {
        line(4, "warm.times", function.warm().times(), file());
      }
      for (String variable : function.env().keySet()) {
        line(4, "env." + variable, MASK, plan.origin(function, "env." + variable));
      }
      for (String property : function.properties().keySet()) {
        line(4, "properties." + property, MASK, file());
      }
      function
          .secrets()
          .forEach((name, path) -> line(4, "secrets." + name, MASK, "secret file " + path));
      if (!function.pools().isEmpty()) {
        line(4, "pools", function.pools(), file());
      }
    }
  }

  private void limits(CallLimits limits) {
    or(4, "limits.body", CallLimits.text(limits.body()), "100MiB");
    or(4, "limits.cpu", limits.cpu() == null ? null : Durations.write(limits.cpu()), "none");
    or(4, "limits.allocation", CallLimits.text(limits.allocation()), "none");
    if (limits.breaker() != null) {
      line(4, "breaker.failures", String.valueOf(limits.breaker().failures()), file());
      line(4, "breaker.pause", Durations.write(limits.breaker().pause()), file());
    }
    or(4, "metering", limits.meteringText(), "auto");
    if (limits.memory() != null) {
      line(4, "memory", String.valueOf(CallLimits.text(limits.memory())), file());
    }
    if (limits.warmStore() != null) {
      line(4, "warmStore", String.valueOf(CallLimits.text(limits.warmStore())), file());
    }
  }

  private static String threads(FunctionSettings function) {
    return String.valueOf(function.threads()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String guard(FunctionSettings function) {
    return String.valueOf(function.guard()).toLowerCase(Locale.ROOT);
  }

  private void instances(FunctionSettings function) {
    FunctionSettings.Instances instances = function.instances();
    or(4, "instances.min", instances.min(), instances.least());
    or(4, "instances.max", instances.max(), instances.most());
    said(function, "instances.concurrency", instances.concurrency(), "by the signature");
    or(4, "instances.queue", instances.queue(), InstanceSettings.DEFAULT.queue());
    duration("instances.idle", instances.idle(), "none");
  }

  private void timeout(FunctionSettings function) {
    FunctionSettings.Timeout timeout = function.timeout();
    duration("timeout.queue", timeout.queue(), "10s");
    Duration init = timeout.init();
    said(function, "timeout.init", init == null ? null : Durations.write(init), "30s");
    Duration run = timeout.run();
    said(function, "timeout.run", run == null ? null : Durations.write(run), "none");
  }

  private void pools() {
    if (!plan.settings().pools().isEmpty()) {
      text.append("pools:\n");
    }
    for (PoolSettings pool : plan.settings().pools().values()) {
      text.append("  ").append(pool.name()).append(":\n");
      line(4, "url", MASK, file()); // its parameters may hold a password
      if (pool.user() != null) {
        line(4, "user", pool.user(), file());
      }
      PoolSettings.Password password = pool.password();
      if (password != null) {
        line(
            4,
            "password",
            MASK,
            password.file() == null ? file() : "secret file " + password.file());
      }
      or(4, "max", pool.max(), 10);
    }
  }

  private void routes() {
    if (!plan.settings().routes().isEmpty()) {
      text.append("routes:\n");
    }
    for (Map.Entry<String, Route> route : plan.settings().routes().entrySet()) {
      for (Route.Target target : route.getValue().targets()) {
        line(2, route.getKey() + "." + target.function(), target.weight(), file());
      }
    }
  }

  private String file() {
    return plan.config() == null ? Setting.DEFAULT : "file " + plan.config().value();
  }

  private void duration(String key, @Nullable Duration given, String fallback) {
    or(4, key, given == null ? null : Durations.write(given), fallback);
  }

  /** What the platform's variables may say, too. */
  private void said(
      FunctionSettings function, String key, @Nullable Object given, Object fallback) {
    line(
        4,
        key,
        given == null ? fallback : given,
        given == null ? Setting.DEFAULT : plan.origin(function, key));
  }

  private void or(int indent, String key, @Nullable Object given, Object fallback) {
    if (given == null) {
      line(indent, key, fallback, Setting.DEFAULT);
    } else {
      line(indent, key, given, file());
    }
  }

  private void line(int indent, String key, Setting<?> setting) {
    line(indent, key, setting.value(), setting.origin());
  }

  private void line(int indent, String key, Object value, String origin) {
    text.append(" ".repeat(indent))
        .append(key)
        .append(": ")
        .append(value)
        .append("  # ")
        .append(origin)
        .append('\n');
  }
}
