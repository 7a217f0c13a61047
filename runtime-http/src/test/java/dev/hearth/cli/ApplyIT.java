package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running host that follows a file, and what is left of it when it is killed. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class ApplyIT {

  /** {@code -Dhearth.kills=N} kills the host so often; HOSTILE.md asks for 500. */
  private static final int KILLS = Integer.getInteger("hearth.kills", 6);

  private static final long SEED = Long.getLong("hearth.seed", 20261126);

  @TempDir private Path directory;

  private Path jar(String name, String answer) {
    return TestJar.of(directory)
        .source(
            "acme.Say",
            "package acme; public class Say implements java.util.function.Supplier<String> {"
                + " public String get() { return \""
                + answer
                + "\"; } }")
        .options("--release", "17") // the host may be started by an older JDK than the test
        .build(name + ".jar");
  }

  private Path file(String... functions) throws IOException {
    String text = "functions:\n";
    for (String function : functions) {
      text += "  " + function + "\n";
    }
    return Files.writeString(directory.resolve("hearth.yaml"), text);
  }

  /** What a command printed, and its exit code at the end. */
  private static String command(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      code = Main.run(List.of(arguments), Map.of());
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8) + "exit " + code;
  }

  private static String get(HearthProcess host, String name) throws Exception {
    HttpResponse<String> answer = HearthProcess.get(host.url() + "/" + name);
    return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
  }

  @Test
  void apply_aFileThatChanges_bringsTheHostThereUnderLoadAndReportsEachFunction() throws Exception {
    jar("a", "a1");
    jar("b", "b1");
    jar("c", "c1");
    Path file = file("a: {archive: a.jar}", "b: {archive: b.jar}");
    Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
    try (HearthProcess host =
        HearthProcess.start(
            directory,
            Map.of(),
            "run",
            "--config",
            file.toString(),
            "--port",
            "0",
            "--admin-token-file",
            token.toString())) {
      String admin = host.adminUrl();
      String[] diff = {
        "diff", "-f", file.toString(), "--admin", admin, "--admin-token-file", token.toString()
      };
      String[] apply = diff.clone();
      apply[0] = "apply";
      assertThat(command("diff", "-f", file.toString(), "--admin", admin)).isEqualTo("exit 2");
      assertThat(command(diff)).isEqualTo("= a\n= b\nexit 0");
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Integer> load = load(host, stop);

      jar("a", "a2");
      file("a: {archive: a.jar}", "c: {archive: c.jar, env: {A: b}}", "d: {archive: absent.jar}");
      assertThat(command(diff)).endsWith("exit 2");
      file("a: {archive: a.jar}", "c: {archive: c.jar, env: {A: b}}");
      assertThat(command(diff))
          .matches(
              "~ a  archive \\w{12} -> \\w{12}\n\\+ c  archive \\w{12}\n- b  not in the file\nexit 1");
      assertThat(command(apply))
          .isEqualTo(
              "a: swapped\nc: deployed\nb: removed\n"
                  + file
                  + ": 3 changed, 0 unchanged, 0 failed\nexit 0");
      assertThat(get(host, "a")).isEqualTo("a2");
      assertThat(get(host, "c")).isEqualTo("c1");
      assertThat(get(host, "b")).isEqualTo("404");
      assertThat(command(apply)).contains("a: unchanged\nc: unchanged\n", "exit 0");

      file("a: {archive: a.jar, handler: acme.Absent}", "c: {archive: c.jar, env: {A: c}}");
      assertThat(command(apply))
          .contains("a: failed: handler class acme.Absent", "c: swapped\n", "1 failed\nexit 1");
      file("a: {archive: a.jar, handler: acme.Absent}");
      assertThat(command(apply)).contains("c: kept, because something else failed");
      assertThat(get(host, "c")).isEqualTo("c1");

      assertThat(command("rollback", "a", "--admin", admin, "--admin-token-file", token.toString()))
          .matches("a: version \\S+\nexit 0");
      assertThat(get(host, "a")).isEqualTo("a1");

      file("a: {archive: a.jar}", "c: {archive: c.jar}", "b: {archive: b.jar}");
      Files.writeString(file, Files.readString(file) + "routes:\n  r: {b: 1}\n");
      String[] upload = new String[apply.length + 1];
      System.arraycopy(apply, 0, upload, 0, apply.length);
      upload[apply.length] = "--upload";
      assertThat(command(upload))
          .contains("a: swapped\n", "b: deployed\n", "routes: changed\n", "exit 0");
      assertThat(get(host, "r")).isEqualTo("b1");
      assertThat(get(host, "a")).isEqualTo("a2");
      stop.set(true);
      assertThat(load.get(60, TimeUnit.SECONDS)).isPositive();
    }
  }

  /** Calls function {@code a}, each of which must be answered by one of its versions. */
  private static CompletableFuture<Integer> load(HearthProcess host, AtomicBoolean stop) {
    return CompletableFuture.supplyAsync(
        () -> {
          int calls = 0;
          try {
            for (; !stop.get(); calls++) {
              assertThat(get(host, "a")).isIn("a1", "a2");
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return calls;
        });
  }

  @Test
  void F05_killedWhileItChanges_servesExactlyWhatWasAcknowledgedAtTheNextStart() throws Exception {
    Path store = directory.resolve("store");
    List<Path> jars = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      jars.add(jar("v" + i, "v" + i));
    }
    Random random = new Random(SEED);
    String acknowledged = "404";
    for (int kill = 0; kill < KILLS; kill++) {
      try (HearthProcess host =
          HearthProcess.start(
              directory, Map.of(), "run", "--store", store.toString(), "--port", "0")) {
        String served = get(host, "f");
        assertThat(acknowledged.split("\\|")).as("seed %d, kill %d", SEED, kill).contains(served);
        acknowledged = changeUntilKilled(host, jars, random, served);
      }
    }
  }

  /**
   * Changes the function until the host dies.
   *
   * @return what it must be: as last acknowledged, or as was asked for last
   */
  private static String changeUntilKilled(
      HearthProcess host, List<Path> jars, Random random, String before) throws Exception {
    AdminClient client = AdminClient.of(host.adminUrl(), null);
    int delayMicros = random.nextInt(150_000);
    CompletableFuture<Void> killed =
        CompletableFuture.runAsync(
            () -> host.killNow(),
            CompletableFuture.delayedExecutor(delayMicros, TimeUnit.MICROSECONDS));
    String acknowledged = before;
    for (int change = 0; change < 100_000; change++) {
      int version = random.nextInt(jars.size() + 1);
      boolean remove = version == jars.size();
      String wanted = remove ? "404" : "v" + version;
      try {
        if (!remove) {
          String hash = Difference.hash(jars.get(version));
          client.put("f", "{\"archive\":\"" + jars.get(version) + "\"}", jars.get(0), hash);
        } else if (!acknowledged.equals("404")) {
          client.remove("f");
        }
        acknowledged = wanted;
      } catch (RefusedByHostException e) {
        killed.get(60, TimeUnit.SECONDS);
        return acknowledged + "|" + wanted;
      }
    }
    throw new AssertionError("the host was not killed; before it served " + before);
  }
}
