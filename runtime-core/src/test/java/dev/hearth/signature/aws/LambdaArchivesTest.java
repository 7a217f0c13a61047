package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What archives bring along: other versions of the vendor's API, their own JSON, serialisers, hooks. */
class LambdaArchivesTest {

  private static final String CORE = "aws-lambda-java-core-1.4.0.jar";
  private static final String OLD_CORE = "aws-lambda-java-core-1.2.0.jar";

  @TempDir Path work;

  private static final String UPPER =
      Sources.IMPORTS
          + """
          public class Upper implements RequestHandler<String, String> {
            public String handleRequest(String s, Context c) { return s.toUpperCase(Locale.ROOT); }
          }
          """;

  private TestJar upper() {
    return TestJar.of(work)
        .source(
            "example.Upper",
            UPPER.replace("import com.amazonaws.services.lambda.runtime.logging.LogLevel;\n", ""));
  }

  private String post(Path archive, String handler, String event) throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, archive, handler)) {
      return function.post(event);
    }
  }

  @Test
  void aws_case_37_fatJarWithItsOwnCore_worksInEachVersion() throws Throwable {
    for (String core : new String[] {CORE, OLD_CORE}) {
      Path fat = upper().library(LambdaFunction.library(core)).buildFat("fat.jar");
      assertThat(post(fat, "example.Upper", "\"a\"")).isEqualTo("\"A\"");
    }
  }

  @Test
  void aws_case_37_oldCoreInTheArchive_isOverruledByThePlatforms() throws Throwable {
    String source =
        Sources.IMPORTS
            + """
            public class New implements RequestHandler<String, String> {
              public String handleRequest(String s, Context c) {
                c.getLogger().log("level", LogLevel.INFO);
                return String.valueOf(c.getTenantId());
              }
            }
            """;
    // Compiled against the new core, shipped with the old one: what a dependency conflict leaves
    // behind.
    Path thin =
        TestJar.of(work)
            .source("example.New", source)
            .compileOnly(LambdaFunction.library(CORE))
            .build("new.jar");
    Path fat =
        TestJar.of(work)
            .library(thin)
            .library(LambdaFunction.library(OLD_CORE))
            .buildFat("mixed.jar");
    try (Output output = Output.caught()) {
      assertThat(post(fat, "example.New", "\"a\"")).isEqualTo("\"null\"");
      assertThat(output.out()).isEqualTo("[INFO] level");
    }
  }

  @Test
  void aws_case_37_userJackson_isTheUsers() throws Throwable {
    String source =
        Sources.IMPORTS
            + """
            public class Own implements RequestHandler<Map<String, Object>, String> {
              public String handleRequest(Map<String, Object> in, Context c) {
                try {
                  return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(in)
                      + com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
            """;
    Path fat =
        TestJar.of(work)
            .source("example.Own", source)
            .library(LambdaFunction.library(CORE))
            .library(LambdaFunction.library("jackson-core-2.15.4.jar"))
            .library(LambdaFunction.library("jackson-annotations-2.15.4.jar"))
            .library(LambdaFunction.library("jackson-databind-2.15.4.jar"))
            .buildFat("own.jar");
    assertThat(post(fat, "example.Own", "{\"a\":1}")).isEqualTo("\"{\\\"a\\\":1}2.15.4\"");
  }

  @Test
  void aws_case_36_libraries_resolveEachOtherAndTheFirstByNameWins() throws Throwable {
    Path b =
        TestJar.of(work)
            .source("lib.Twice", twice("b"))
            .source(
                "lib.Deep",
                "package lib; public class Deep { public static String it() { return \"deep\"; } }")
            .build("b.jar");
    Path a =
        TestJar.of(work)
            .source("lib.Twice", twice("a"))
            .source(
                "lib.Uses",
                "package lib; public class Uses { public static String it() { return Deep.it(); } }")
            .compileOnly(b)
            .build("a.jar");
    Path zip =
        TestJar.of(work)
            .source(
                "example.Uses",
                Sources.IMPORTS
                    + """
                    public class Uses {
                      public String run(Context c) { return lib.Twice.it() + lib.Uses.it(); }
                    }
                    """)
            .compileOnly(LambdaFunction.library(CORE))
            .library(a)
            .library(b)
            .buildZip("libs.zip");
    assertThat(post(zip, "example.Uses::run", "")).isEqualTo("\"adeep\"");
  }

  private static String twice(String who) {
    return "package lib; public class Twice { public static String it() { return \""
        + who
        + "\"; } }";
  }

  private TestJar custom() {
    String source =
        Sources.IMPORTS
            + """
            import java.lang.reflect.Type;
            public class Custom implements CustomPojoSerializer {
              public static class P { public String text; }
              public static class Take implements RequestHandler<List<P>, P> {
                public P handleRequest(List<P> in, Context c) { return in.get(0); }
              }
              @SuppressWarnings("unchecked")
              public <T> T fromJson(InputStream in, Type type) {
                P p = new P();
                p.text = type.getTypeName();
                return (T) List.of(p);
              }
              public <T> T fromJson(String in, Type type) { throw new UnsupportedOperationException(); }
              public <T> void toJson(T value, OutputStream out, Type type) {
                try {
                  out.write((((P) value).text + ">" + type.getTypeName()).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
            """;
    return TestJar.of(work)
        .source("example.Custom", source)
        .source("example.Other", "package example; public class Other extends Custom {}")
        .compileOnly(LambdaFunction.library(CORE));
  }

  private static final String SERVICE =
      "META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer";

  @Test
  void aws_case_31_customSerializer_getsTheDeclaredTypes() throws Throwable {
    Path jar = custom().entry(SERVICE, "example.Custom\n").build("custom.jar");
    assertThat(post(jar, "example.Custom$Take", "whatever"))
        .isEqualTo("java.util.List<example.Custom$P>>example.Custom$P");
  }

  @Test
  void aws_case_32_twoCustomSerializers_areRefused() {
    Path jar = custom().entry(SERVICE, "example.Custom\nexample.Other\n").build("two.jar");
    assertThatThrownBy(() -> LambdaFunction.open(work, jar, "example.Custom$Take"))
        .hasMessageContaining(
            "Too many serializers provided inside the META-INF/services folder, only one is allowed");
  }

  @Test
  void snapStart_hooksRunInVendorsOrder_andFailuresAreCollected() throws Throwable {
    String source =
        Sources.IMPORTS
            + """
            import org.crac.Core;
            import org.crac.Resource;
            public class Hooked implements RequestHandler<String, List<String>> {
              static final List<String> SEEN = new ArrayList<>();
              private final Resource first = new Hook("first");
              private final Resource second = new Hook("second");
              public Hooked() {
                Core.getGlobalContext().register(first);
                Core.getGlobalContext().register(second);
              }
              public List<String> handleRequest(String s, Context c) { return SEEN; }
              record Hook(String name) implements Resource {
                public void beforeCheckpoint(org.crac.Context<? extends Resource> c) {
                  SEEN.add("before " + name);
                  if (name.equals("second") && SEEN.size() > 4) { throw new IllegalStateException("no"); }
                }
                public void afterRestore(org.crac.Context<? extends Resource> c) { SEEN.add("after " + name); }
              }
            }
            """;
    Path fat =
        TestJar.of(work)
            .source("example.Hooked", source)
            .compileOnly(LambdaFunction.library(CORE))
            .library(LambdaFunction.library("crac-1.5.0.jar"))
            .buildFat("hooked.jar");
    try (LambdaFunction function = LambdaFunction.open(work, fat, "example.Hooked")) {
      System.gc(); // hooks are held weakly, and by the handler
      function.freeze();
      function.thaw();
      assertThat(function.post("\"\""))
          .isEqualTo("[\"before second\",\"before first\",\"after first\",\"after second\"]");
      assertThatThrownBy(function::freeze)
          .satisfies(
              e ->
                  assertThat(function.document(e))
                      .startsWith(
                          "{\"errorMessage\":\"com.amazonaws.services.lambda.crac.CheckpointException\""))
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      assertThat(function.post("\"\"")).endsWith("\"before second\",\"before first\"]");
    }
  }

  @Test
  void log4jAppender_findsTheRequestIdDuringTheCall() throws Throwable {
    Path jar =
        TestJar.of(work)
            .source(
                "org.apache.logging.log4j.ThreadContext",
                """
                package org.apache.logging.log4j;
                public class ThreadContext {
                  static final java.util.Map<String, String> MAP = new java.util.TreeMap<>();
                  static int removed;
                  public static void put(String key, String value) { MAP.put(key, value); }
                  public static void remove(String key) { MAP.remove(key); removed++; }
                  public static String seen() { return MAP + " " + removed; }
                }
                """)
            .source(
                "example.Logging",
                Sources.IMPORTS
                    + """
                    public class Logging implements RequestHandler<String, String> {
                      static { LambdaRuntimeInternal.setUseLog4jAppender(true); }
                      public String handleRequest(String s, Context c) {
                        return org.apache.logging.log4j.ThreadContext.seen();
                      }
                    }
                    """)
            .compileOnly(LambdaFunction.library(CORE))
            .build("log4j.jar");
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.Logging")) {
      assertThat(function.post("\"\"")).isEqualTo("\"{AWSRequestId=request-1} 0\"");
      assertThat(function.post("\"\"")).isEqualTo("\"{AWSRequestId=request-1} 1\"");
    }
  }

  @Test
  void callFromAndroid_isBoundByGson() throws Throwable {
    String source =
        Sources.IMPORTS
            + """
            public class Fields implements RequestHandler<Fields.P, Fields.P> {
              public static class P { private String hidden; }
              public P handleRequest(P p, Context c) { return p; }
            }
            """;
    Path jar =
        TestJar.of(work)
            .source("example.Fields", source)
            .compileOnly(LambdaFunction.library(CORE))
            .build("fields.jar");
    String android = "{\"env\":{\"platform\":\"android\"}}";
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.Fields")) {
      // Gson goes by fields, whatever their visibility; Jackson by properties.
      assertThat(function.post("{\"hidden\":\"h\"}", Map.of("lambda.client-context", android)))
          .isEqualTo("{\"hidden\":\"h\"}");
      assertThat(function.post("{\"hidden\":\"h\"}")).isEqualTo("{}");
    }
  }

  @Test
  void retiredFunction_leavesNoLoaderBehind() throws Throwable {
    Path jar = Sources.thin(work).build("unload.jar");
    WeakReference<ClassLoader> loader = useAndClose(jar);
    UnloadAssert.assertCollected(loader);
  }

  private WeakReference<ClassLoader> useAndClose(Path jar) throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.M::pojo")) {
      assertThat(
              function.post(
                  "{\"name\":\"n\"}",
                  Map.of("lambda.client-context", "{\"env\":{\"platform\":\"Android\"}}")))
          .isEqualTo("{\"name\":\"n\",\"age\":0}");
      assertThat(function.post("{\"name\":\"n\"}")).isEqualTo("{\"name\":\"n\",\"age\":0}");
      return new WeakReference<>(function.loader());
    }
  }
}
