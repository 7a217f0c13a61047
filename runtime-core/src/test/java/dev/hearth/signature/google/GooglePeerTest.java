package dev.hearth.signature.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same archive and the same requests, to Hearth and to the vendor's own runtime. Where the vendor's contract
 * and its runtime disagree, the difference is asserted.
 */
@Timeout(300)
final class GooglePeerTest {

  private static final String LEGACY_STORAGE =
      """
      {"context":{"eventId":"1","timestamp":"2020-09-29T11:32:00.123Z","eventType":"google.storage.object.finalize",
       "resource":{"service":"storage.googleapis.com","name":"projects/_/buckets/b/objects/a/B.cs#12","type":"storage#object"}},
       "data":{"bucket":"b","kind":"storage#object","nothing":null,"size":12345678901234567890,"rate":1.50}}""";

  private static final String LEGACY_USER =
      """
      {"eventId":"1","timestamp":"2020-09-29T11:32:00.123Z","eventType":"providers/firebase.auth/eventTypes/user.create",
       "resource":"projects/p","data":{"uid":"u","metadata":{"createdAt":"c","lastSignedInAt":"l"}}}""";

  private static final String PUSHED =
      """
      {"subscription":"projects/p/subscriptions/s","message":{"data":"aGkh","messageId":"7",
       "attributes":{"k":"v"},"publishTime":"2021-01-01T00:00:00Z"}}""";

  private static final String STRUCTURED =
      """
      {"specversion":"1.0","id":"1","source":"//storage.googleapis.com/projects/_/buckets/b","subject":"objects/x",
       "type":"google.cloud.storage.object.v1.deleted","time":"2020-09-29T11:32:00.123Z","datacontenttype":"application/json",
       "text":"t","flag":true,"count":5,"data":{"kind":"storage#object","n":null}}""";

  @TempDir Path directory;
  private Path output;
  private Path jar;
  private Hearth hearth;

  @BeforeEach
  void build() {
    output = directory.resolve("output.txt");
    jar = GoogleJar.build(directory, output);
    hearth = Hearth.builder().providedApis(GoogleJar.PROVIDED).build();
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private Deployed deploy(String handler) {
    return new Deployed(hearth.deploy("f", FunctionSpec.builder(jar).handler(handler).build()));
  }

  /** What one side answered, and what the function left in its file. */
  private record Seen(
      int status, List<String> contentType, List<String> custom, String body, String output) {}

  private Seen seen(Reply<byte[]> reply) {
    try {
      String left = Files.exists(output) ? Files.readString(output) : "";
      Files.deleteIfExists(output);
      return new Seen(
          reply.status(),
          reply.headers().getOrDefault("Content-Type", List.of()),
          reply
              .headers()
              .getOrDefault("X-Foo", reply.headers().getOrDefault("X-Format", List.of())),
          new String(reply.body(), UTF_8),
          left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Seen same(Deployed ours, Peer peer, Supplier<MemoryExchange> request) throws Exception {
    Seen theirs = seen(peer.answer(request.get()));
    Seen own = seen(ours.answer(request.get()));
    assertThat(own).isEqualTo(theirs);
    return own;
  }

  private static Supplier<MemoryExchange> to(Peer peer, String path, String query) {
    return () ->
        Messages.get(path, query)
            .header("Host", peer.host())
            .header("X-Case", "a, b")
            .header("X-Case", "c")
            .body("");
  }

  private static Supplier<MemoryExchange> post(
      Peer peer, String path, String contentType, String body) {
    return () ->
        Messages.post(path)
            .header("Host", peer.host())
            .header("Content-Type", contentType)
            .body(body);
  }

  @Test
  void httpFunction_answersAsTheVendorsRuntimeDoes() throws Exception {
    Deployed ours = deploy("acme.Web");
    try (Peer peer = Peer.start(jar, "acme.Web")) {
      Seen facts = same(ours, peer, to(peer, "/foo/bar", "baz=buh&baz=xxx&blim=a+b%26&baz=what"));
      assertThat(facts.body).contains("GET /foo/bar", "baz=[buh, xxx, what]", "[a, b, c]");
      same(ours, peer, to(peer, "/", ""));
      same(ours, peer, post(peer, "/x", "text/plain; charset=iso-8859-1", "häh"));
      same(ours, peer, post(peer, "/x", "application/x-any", "{\"ä\":1}"));
      assertThat(same(ours, peer, post(peer, "/bytes", "application/x-any", "\u0000ä\u0001")).body)
          .isEqualTo("\u0000ä\u0001");
      assertThat(same(ours, peer, to(peer, "/answer", "")).status).isEqualTo(418);
      assertThat(same(ours, peer, to(peer, "/exclusive", "")).body)
          .isEqualTo("true refused true refused");
      assertThat(same(ours, peer, to(peer, "/nothing", "")))
          .isEqualTo(new Seen(200, List.of(), List.of(), "", ""));
      assertThat(same(ours, peer, to(peer, "/throws", "")))
          .isEqualTo(new Seen(500, List.of(), List.of(), "", ""));
      assertThat(same(ours, peer, to(peer, "/error", "")).status).isEqualTo(500);
    }
  }

  @Test
  void httpFunction_multipart_givesThePartsTheVendorsRuntimeGives() throws Exception {
    String form =
        "--XyZ~Content-Disposition: form-data; name=\"text\"~Content-Type: text/plain~~häh~"
            + "--XyZ~Content-Disposition: form-data; name=bytes; filename=\"/tmp/binary.x\"~X-Part: 1~~\u0000\u0001~~"
            + "--XyZ~Content-Disposition: form-data; name=twice~~one~"
            + "--XyZ~Content-Disposition: form-data; name=twice~~two~--XyZ--~";
    Deployed ours = deploy("acme.Web");
    try (Peer peer = Peer.start(jar, "acme.Web")) {
      String type = "multipart/form-data; boundary=XyZ";
      assertThat(same(ours, peer, post(peer, "/parts", type, form.replace("~", "\r\n"))).body)
          .contains("bytes Optional[/tmp/binary.x]", "Optional[1] [0, 1, 13, 10]");
      assertThat(same(ours, peer, post(peer, "/parts", "text/plain", "x")).body)
          .startsWith("no parts");

      // The contract says 400; the vendor's runtime says otherwise.
      Supplier<MemoryExchange> broken = post(peer, "/parts", type, "--XyZ nonsense");
      assertThat(peer.answer(broken.get()).status()).isEqualTo(500);
      assertThat(ours.answer(broken.get()).status()).isEqualTo(400);
    }
  }

  @Test
  void typedFunction_answersAsTheVendorsRuntimeDoes() throws Exception {
    Deployed ours = deploy("acme.Names");
    try (Peer peer = Peer.start(jar, "acme.Names")) {
      String json = "application/json";
      assertThat(
              same(
                  ours,
                  peer,
                  post(
                      peer,
                      "/",
                      json,
                      "{\"firstName\":\"John\",\"lastName\":\"Doe\",\"numbers\":[1,2],\"more\":{}}")))
          .isEqualTo(
              new Seen(200, List.of(), List.of(), "{\"fullName\":\"JohnDoe\",\"sum\":3}", ""));
      assertThat(same(ours, peer, post(peer, "/", json, "{}")).status).isEqualTo(204);
      assertThat(same(ours, peer, post(peer, "/", json, "")).status).isEqualTo(204);
      assertThat(same(ours, peer, post(peer, "/", json, "{\"firstName\":")).status).isEqualTo(400);
      assertThat(same(ours, peer, post(peer, "/", json, "{\"numbers\":\"x\"}")).status)
          .isEqualTo(400);
      assertThat(same(ours, peer, post(peer, "/", json, "{\"firstName\":\"throw\"}")).status)
          .isEqualTo(500);
    }
  }

  @Test
  void typedFunction_ownWireFormat_answersAsTheVendorsRuntimeDoes() throws Exception {
    Deployed ours = deploy("acme.Lines");
    try (Peer peer = Peer.start(jar, "acme.Lines")) {
      assertThat(same(ours, peer, post(peer, "/", "text/plain", "abc\n123\n$#@\n")))
          .isEqualTo(new Seen(200, List.of("text/plain"), List.of("lines"), "abc123$#@", ""));
      assertThat(peer.answer(post(peer, "/", "text/plain", "bad").get()).status()).isEqualTo(500);
      assertThat(ours.answer(post(peer, "/", "text/plain", "bad").get()).status()).isEqualTo(500);
    }
  }

  @Test
  void rawBackgroundFunction_isGivenWhatTheVendorsRuntimeGives() throws Exception {
    Deployed ours = deploy("acme.Raw");
    try (Peer peer = Peer.start(jar, "acme.Raw")) {
      assertThat(same(ours, peer, post(peer, "/", "application/json", LEGACY_STORAGE)).output)
          .contains("\"nothing\":null", "12345678901234567890", "1.50");
      same(ours, peer, post(peer, "/", "application/json", LEGACY_USER));
      same(ours, peer, post(peer, "/", "application/json", PUSHED));
      assertThat(
              same(ours, peer, post(peer, "/", "application/cloudevents+json", STRUCTURED)).output)
          .contains("google.storage.object.delete", "objects/x");
      assertThat(
              same(
                      ours,
                      peer,
                      post(peer, "/", "application/json", "{\"data\":\"throw\",\"context\":{}}"))
                  .status)
          .isEqualTo(500);

      // What the sender did wrong is told to the sender; the vendor's runtime has it sent again.
      String broken = "{\"context\":";
      assertThat(peer.answer(post(peer, "/", "application/json", broken).get()).status())
          .isEqualTo(500);
      assertThat(ours.answer(post(peer, "/", "application/json", broken).get()).status())
          .isEqualTo(400);
    }
  }

  @Test
  void backgroundFunction_isGivenWhatTheVendorsRuntimeGives() throws Exception {
    Deployed ours = deploy("acme.Messages");
    try (Peer peer = Peer.start(jar, "acme.Messages")) {
      assertThat(same(ours, peer, post(peer, "/", "application/json", PUSHED)).output)
          .startsWith("aGkh\n{k=v}\n7\n");
    }
  }

  @Test
  void cloudEventsFunction_isGivenWhatTheVendorsRuntimeGives() throws Exception {
    Deployed ours = deploy("acme.Events");
    try (Peer peer = Peer.start(jar, "acme.Events")) {
      assertThat(
              same(ours, peer, post(peer, "/", "application/cloudevents+json", STRUCTURED)).output)
          .contains("count=Integer 5", "flag=Boolean true", "text=String t");
      same(
          ours,
          peer,
          () ->
              Messages.post("/")
                  .header("ce-specversion", "1.0")
                  .header("ce-id", "1")
                  .header("ce-source", "/s")
                  .header("ce-type", "t")
                  .header("ce-myext", "v")
                  .header("ce-dataschema", "http://x/y")
                  .header("Content-Type", "application/xml")
                  .body("<a/>"));
      assertThat(same(ours, peer, post(peer, "/", "application/json", LEGACY_STORAGE)).output)
          .contains("objects/a/B.cs", "google.cloud.storage.object.v1.finalized");
      same(ours, peer, post(peer, "/", "application/json", LEGACY_USER));

      // A push of the Pub/Sub emulator names no topic, which the vendor's runtime trips over.
      Supplier<MemoryExchange> pushed = post(peer, "/", "application/json", PUSHED);
      assertThat(peer.answer(pushed.get()).status()).isEqualTo(500);
      assertThat(seen(ours.answer(pushed.get())).output).contains("//pubsub.googleapis.com/");
    }
  }
}
