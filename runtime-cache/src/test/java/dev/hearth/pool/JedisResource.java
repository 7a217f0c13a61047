package dev.hearth.pool;

import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Jedis as a warm resource, as an embedding service would write it. */
final class JedisResource implements WarmResource<RedisClient> {

  private static final int TIMEOUT_MILLIS = 5_000;

  final AtomicInteger opened = new AtomicInteger(); // for the tests, as are the next
  final AtomicInteger checked = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private final HostAndPort server;

  JedisResource(HostAndPort server) {
    this.server = server;
  }

  @Override
  public Class<RedisClient> type() {
    return RedisClient.class;
  }

  @Override
  public RedisClient open() {
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(server)
            .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MILLIS).build())
            .build();
    try {
      client.ping(); // Jedis itself connects when it is first used
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
    opened.incrementAndGet();
    return client;
  }

  @Override
  public boolean check(RedisClient client) {
    checked.incrementAndGet();
    return client.ping().equals("PONG");
  }

  @Override
  public void close(RedisClient client) {
    client.close();
    closed.incrementAndGet();
  }
}
