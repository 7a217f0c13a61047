package dev.hearth.cli.config;

import java.util.List;

/**
 * The keys of each part of the file, in the order they are listed to the user.
 *
 * @param known what is read
 * @param later what the format reserves and this version does not do yet
 */
record Keys(List<String> known, List<String> later) {

  static final Keys ROOT = new Keys(List.of("functions", "pools", "routes", "tls"), List.of());
  static final Keys FUNCTION =
      new Keys(
          List.of(
              "archive",
              "handler",
              "instances",
              "timeout",
              "threads",
              "guard",
              "limits",
              "breaker",
              "metering",
              "memory",
              "cache",
              "warm",
              "warmStore",
              "env",
              "properties",
              "secrets",
              "pools"),
          List.of());
  static final Keys INSTANCES =
      new Keys(List.of("min", "max", "concurrency", "queue", "idle"), List.of());
  static final Keys TIMEOUT = new Keys(List.of("queue", "init", "run"), List.of());
  static final Keys LIMITS = new Keys(List.of("body", "cpu", "allocation"), List.of());
  static final Keys BREAKER = new Keys(List.of("failures", "pause"), List.of());
  static final Keys CACHE =
      new Keys(
          List.of(
              "key",
              "ttl",
              "negativeTtl",
              "staleWhileRevalidate",
              "staleIfError",
              "refreshAhead",
              "max",
              "maxEntry",
              "methods",
              "identity",
              "shareErrors",
              "cookies"),
          List.of());
  static final Keys WARM = new Keys(List.of("event", "times"), List.of());
  static final Keys POOL =
      new Keys(
          List.of(
              "url",
              "user",
              "password",
              "max",
              "minIdle",
              "acquireTimeout",
              "maxLifetime",
              "keepalive",
              "properties"),
          List.of());
  static final Keys TLS = new Keys(List.of("cert", "key"), List.of());
  static final Keys PASSWORD = new Keys(List.of("file"), List.of());
}
