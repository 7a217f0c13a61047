package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of one host that bring different versions of one vendor's API, beside one that brings none. */
@Timeout(120)
class VendorVersionsTest {

  @TempDir Path directory;

  @Test
  void google_oldBundledNewBundledAndNone_eachSeesItsOwn() throws Exception {
    String function =
        """
        package acme;
        import com.google.cloud.functions.*;
        public class Fn implements HttpFunction {
          public void service(HttpRequest request, HttpResponse response) throws Exception {
            response.getWriter().write(
                HttpFunction.class.getResource("HttpFunction.class").toString());
          }
        }
        """;
    Path old = TestHost.library("functions-framework-api-1.1.0.jar");
    Path now = TestHost.library("functions-framework-api-2.0.0.jar");
    try (Hearth hearth = host()) {
      FunctionHandle bringsOld = deploy(hearth, "old", bundled("old.jar", function, old));
      FunctionHandle bringsNew = deploy(hearth, "new", bundled("new.jar", function, now));
      FunctionHandle bringsNone =
          deploy(
              hearth,
              "none",
              TestJar.of(directory).source("acme.Fn", function).compileOnly(now).build("none.jar"));

      for (int round = 0; round < 2; round++) {
        assertThat(WireCall.post("").text(bringsOld)).contains(hash(old));
        assertThat(WireCall.post("").text(bringsNew)).contains(hash(now));
        assertThat(WireCall.post("").text(bringsNone)).contains("provided/google-functions/");
      }
    }
  }

  @Test
  void openwhisk_twoVersionsOfGson_eachSeesItsOwn() {
    String action =
        """
        package acme;
        import com.google.gson.*;
        public class Fn {
          public static JsonObject main(JsonObject args) {
            JsonObject result = new JsonObject();
            boolean hasSize = false;
            for (java.lang.reflect.Method method : JsonObject.class.getMethods()) {
              hasSize |= method.getName().equals("size"); // since 2.7
            }
            result.addProperty("hasSize", hasSize);
            return result;
          }
        }
        """;
    try (Hearth hearth = host()) {
      FunctionHandle old =
          deploy(hearth, "old", bundled("old.jar", action, TestHost.library("gson-2.3.1.jar")));
      FunctionHandle now =
          deploy(hearth, "new", bundled("new.jar", action, TestHost.library("gson-2.10.1.jar")));

      assertThat(WireCall.post("{}").text(old)).isEqualTo("{\"hasSize\":false}");
      assertThat(WireCall.post("{}").text(now)).isEqualTo("{\"hasSize\":true}");
      assertThat(WireCall.post("{}").text(old)).isEqualTo("{\"hasSize\":false}");
    }
  }

  /** What the store calls a jar by. */
  private static String hash(Path jar) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    return HexFormat.of().formatHex(digest);
  }

  private static Hearth host() {
    return Hearth.builder().providedApis(TestHost.provided("google-functions").getParent()).build();
  }

  private static FunctionHandle deploy(Hearth hearth, String name, Path jar) {
    return hearth.deploy(name, FunctionSpec.builder(jar).handler("acme.Fn").build());
  }

  private Path bundled(String name, String source, Path api) {
    return TestJar.of(directory).source("acme.Fn", source).library(api).buildZip(name);
  }
}
