package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.time.Duration;

/** Keeps one line busy: what {@link LoadGenerator} does for those that are not called by plain HTTP. */
final class LineLoad {

  private LineLoad() {}

  static LoadGenerator.Result run(Line line, Duration settling, Duration window)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    drive(line, latencies, settling);
    latencies.clear();
    long start = System.nanoTime();
    drive(line, latencies, window);
    return latencies.result((System.nanoTime() - start) / 1e9);
  }

  private static void drive(Line line, Latencies latencies, Duration time)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long sent = System.nanoTime(); sent - end < 0; sent = System.nanoTime()) {
      line.call();
      latencies.add(System.nanoTime() - sent);
    }
  }
}
