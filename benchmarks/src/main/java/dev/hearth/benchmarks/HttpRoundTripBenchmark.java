package dev.hearth.benchmarks;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.benchmarks.function.Hello;
import dev.hearth.benchmarks.process.NettyHello;
import dev.hearth.benchmarks.process.Wire;
import dev.hearth.http.Contracts;
import dev.hearth.http.HttpServer;
import dev.hearth.invoke.Threads;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much of a bare Netty server's throughput is left when Hearth calls a function behind it, over 1 and 32 connections?
 *
 * <pre>benchmarks/jmh HttpRoundTripBenchmark</pre>
 *
 * Clients and server share this process, so compare rows, not machines. {@code hearth} runs the function on the host's
 * threads, {@code event-loop} where the request arrives.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class HttpRoundTripBenchmark {

  private static final byte[] CALL = Wire.post("/", "text/plain", "{\"name\":\"x\"}");

  /** The server. */
  @State(Scope.Benchmark)
  public static class Server {

    /** Who answers. */
    @Param({"netty", "hearth", "event-loop"})
    public String kind = "netty";

    int port;
    private @Nullable NettyHello netty;
    private @Nullable Hearth hearth;
    private @Nullable HttpServer http;
    private @Nullable Path jar;

    /** Starts it. */
    @Setup
    public void start() throws Exception {
      if (kind.equals("netty")) {
        NettyHello started = new NettyHello();
        netty = started;
        port = started.port();
        return;
      }
      Path packed = FunctionJar.of(Hello.class);
      jar = packed;
      FunctionSpec spec =
          FunctionSpec.builder(packed)
              .handler(Hello.class.getName())
              .threads(kind.equals("hearth") ? Threads.AUTO : Threads.EVENT_LOOP)
              .build();
      Hearth host = Hearth.builder().build();
      hearth = host;
      host.deploy("hello", spec);
      HttpServer started =
          HttpServer.builder().contract(Contracts.create("native", host, Map.of())).start();
      http = started;
      port = started.port();
    }

    /** Stops it. */
    @TearDown
    public void stop() throws Exception {
      if (netty != null) {
        netty.close();
      }
      if (http != null) {
        http.close();
      }
      if (hearth != null) {
        hearth.close();
      }
      if (jar != null) {
        FunctionJar.delete(jar);
      }
    }
  }

  /** One client's connection. */
  @State(Scope.Thread)
  public static class Client {

    private @Nullable Wire wire;

    /** Connects. */
    @Setup
    public void connect(Server server) throws Exception {
      wire = Wire.to(server.port);
    }

    /** Disconnects. */
    @TearDown
    public void disconnect() throws Exception {
      if (wire != null) {
        wire.close();
      }
    }

    String call() throws Exception {
      if (wire == null) {
        throw new IllegalStateException("not connected");
      }
      return wire.exchange(CALL);
    }
  }

  /** One client at a time. */
  @Benchmark
  @org.openjdk.jmh.annotations.Threads(1)
  public String one(Client client) throws Exception {
    return client.call();
  }

  /** Thirty-two clients at once. */
  @Benchmark
  @org.openjdk.jmh.annotations.Threads(32)
  public String thirtyTwo(Client client) throws Exception {
    return client.call();
  }
}
