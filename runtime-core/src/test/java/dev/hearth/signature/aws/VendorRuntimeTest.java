package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same jar and events through the vendor's runtime client and through Hearth. */
@Tag("slow")
@Timeout(120)
class VendorRuntimeTest {

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    // The vendor's client comes with native code for Linux only.
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    jar = Sources.thin(work).build("both.jar");
  }

  private static void assertSame(String handler, List<String> events) throws Throwable {
    List<String> ours = new ArrayList<>();
    try (LambdaFunction function = LambdaFunction.open(work, jar, handler)) {
      for (String event : events) {
        ours.add(function.post(event));
      }
    }
    List<String> vendors = new ArrayList<>();
    for (String post : VendorRuntime.post(work, jar, handler, events)) {
      vendors.add(withoutReflection(post));
    }
    assertThat(ours).isEqualTo(vendors);
  }

  /** A method called by reflection leaves the JDK's frames in the vendor's traces, other ones in each JDK; ours are cut. */
  private static String withoutReflection(String post) {
    return post.replaceAll(",\"java.base/(java.lang.reflect|jdk.internal.reflect)\\.[^\"]*\"", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.H$Bang",
        "example.H$Echo",
        "example.H$OfList",
        "example.H$Boom",
        "example.H$Checked",
        "example.H$BadResult",
        "example.H$OfRecord",
        "example.M::pojo",
        "example.M::prim",
        "example.M::over",
        "example.M::boom"
      })
  void valueHandler_throughBoth_postsTheSame(String handler) throws Throwable {
    assertSame(
        handler,
        List.of(
            "\"a\"",
            "5",
            "null",
            "[]",
            "[1,2]",
            "{}",
            "{\"name\":\"é\\u0001\",\"age\":\"3\",\"tags\":\"solo\",\"a\":1.0}",
            "{'loose': NaN, \"date\":\"2020-01-02\"}",
            "{\"a\":1} trailing",
            "not json"));
  }

  @Test
  void streamHandler_throughBoth_postsTheSame() throws Throwable {
    assertSame("example.H$Raw", List.of("{\"x\":\"é\"}", "not json", "[1]"));
  }

  @Test
  void methodWithoutInput_throughBoth_postsTheSame() throws Throwable {
    assertSame("example.M::ctxOnly", List.of("not json", "{}"));
  }

  @Test
  void state_throughBoth_staysBetweenEvents() throws Throwable {
    assertSame("example.H$Counter", List.of("1", "2", "3"));
  }
}
