package dev.hearth.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class SystemCallsTest {

  private static final String HOME = "PATH"; // the process has it, wherever tests run

  // Two constants: a text and a class.
  private static final int ADDED = SystemCalls.STAND_IN.length() + 6;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private TestJar jar(String body) {
    return TestJar.of(directory)
        .source(
            "acme.F",
            "package acme; public class F implements java.util.function.Function<String, String> {"
                + " static final String AT_START = System.getenv(\"COLOUR\");"
                + " public String apply(String in) { "
                + body
                + " } }");
  }

  private FunctionHandle deploy(String name, FunctionSpec.Builder spec) {
    return hearth.deploy(name, spec.handler("acme.F").build());
  }

  private String call(Path jar, Map<String, String> env) {
    return deploy("f", FunctionSpec.builder(jar).env(env)).invoke("x", String.class);
  }

  @Test
  void R11_exit_isRefusedAndTheFunctionServesOn() {
    FunctionHandle function =
        deploy(
            "f",
            FunctionSpec.builder(
                jar("if (in.equals(\"exit\")) System.exit(3); return \"alive\";").build("f.jar")));

    assertThatThrownBy(() -> function.invoke("exit"))
        .isInstanceOf(FunctionFailedException.class)
        .cause()
        .isInstanceOf(SecurityException.class)
        .hasMessageContaining("function 'f' called System.exit(3)");
    assertThat(function.invoke("x", String.class)).isEqualTo("alive");
  }

  @Test
  void R11_exitByMethodReference_isRefused() {
    FunctionHandle function =
        deploy(
            "f",
            FunctionSpec.builder(
                jar("java.util.function.IntConsumer end = System::exit; end.accept(1); return in;")
                    .build("f.jar")));

    assertThatThrownBy(() -> function.invoke("x")).cause().isInstanceOf(SecurityException.class);
  }

  @Test
  void R11_exitInALibrary_isRefused() {
    Path library =
        TestJar.of(directory)
            .source(
                "lib.Quit",
                "package lib; public class Quit { public static void now() { System.exit(0); } }")
            .build("quit.jar");
    Path jar = jar("lib.Quit.now(); return in;").library(library).buildZip("f.zip");

    assertThatThrownBy(() -> deploy("f", FunctionSpec.builder(jar)).invoke("x"))
        .cause()
        .isInstanceOf(SecurityException.class);
  }

  @Test
  void getenv_variableOfTheSpec_isSeenFromStaticInitialiserOn() {
    Path jar = jar("return AT_START + System.getenv(\"COLOUR\");").build("f.jar");

    assertThat(call(jar, Map.of("COLOUR", "red"))).isEqualTo("redred");
  }

  @Test
  void getenv_variableOfTheProcess_isSeenBehindThoseOfTheSpec() {
    Path jar =
        jar("return System.getenv(\"" + HOME + "\") + System.getenv().get(\"COLOUR\");")
            .build("f.jar");

    assertThat(call(jar, Map.of("COLOUR", "red"))).isEqualTo(System.getenv(HOME) + "red");
  }

  @Test
  void getenv_withoutVariables_isTheProcesss() {
    Path jar = jar("return System.getenv(\"" + HOME + "\");").build("f.jar");

    assertThat(call(jar, Map.of())).isEqualTo(System.getenv(HOME));
  }

  @Test
  void getenv_wholeMap_cannotBeChanged() {
    Path jar =
        jar("try { System.getenv().put(\"a\", \"b\"); return \"changed\"; }"
                + " catch (UnsupportedOperationException e) { return \"refused\"; }")
            .build("f.jar");

    assertThat(call(jar, Map.of("COLOUR", "red"))).isEqualTo("refused");
  }

  @Test
  void getenv_byMethodReference_isRedirected() {
    Path jar =
        jar("java.util.function.Function<String, String> get = System::getenv;"
                + " return get.apply(\"COLOUR\");")
            .build("f.jar");

    assertThat(call(jar, Map.of("COLOUR", "red"))).isEqualTo("red");
  }

  @Test
  void getenv_systemVariables_areAllThereIsAndMayChangeBetweenCalls() {
    Map<String, String> live = new ConcurrentHashMap<>(Map.of("COLOUR", "red"));
    Path jar =
        jar("return AT_START + System.getenv(\"COLOUR\") + System.getenv(\"" + HOME + "\");")
            .build("f.jar");
    FunctionHandle function =
        deploy("f", FunctionSpec.builder(jar).env("COLOUR", "unseen").systemVariables(live));

    assertThat(function.invoke("x")).isEqualTo("redrednull");
    live.put("COLOUR", "blue");
    assertThat(function.invoke("x")).isEqualTo("redbluenull");
  }

  @Test
  void getenv_ofTwoFunctions_areApart() {
    Path jar = jar("return System.getenv(\"COLOUR\");").build("f.jar");
    FunctionHandle one = deploy("one", FunctionSpec.builder(jar).env("COLOUR", "red"));
    FunctionHandle two = deploy("two", FunctionSpec.builder(jar).env("COLOUR", "blue"));

    assertThat(one.invoke("x")).isEqualTo("red");
    assertThat(two.invoke("x")).isEqualTo("blue");
  }

  @Test
  void standIn_inTheArchive_isNotTheOneThatIsCalled() {
    Path jar =
        jar("System.exit(1); return in;")
            .source(
                SystemCalls.STAND_IN,
                "package dev.hearth.guard; public class FunctionSystem {"
                    + " public static void exit(int status) {} }")
            .build("f.jar");

    assertThatThrownBy(() -> deploy("f", FunctionSpec.builder(jar)).invoke("x"))
        .cause()
        .isInstanceOf(SecurityException.class);
  }

  @Test
  void redirect_classWithoutSuchCalls_isTheSameArray() {
    byte[] other = compile("long big = 1L << 40; double d = 2.5; return in + big + d;");
    byte[] ownExit = compile("exit(1); return in; } static void exit(int status) { ");

    assertThat(SystemCalls.redirect(other, ClassConstants.marks(other), false)).isSameAs(other);
    assertThat(SystemCalls.redirect(ownExit, ClassConstants.marks(ownExit), true))
        .isNotSameAs(ownExit); // AT_START calls getenv
    assertThat(SystemCalls.redirect(ownExit, ClassConstants.marks(ownExit), false))
        .isSameAs(ownExit);
  }

  @Test
  void redirect_cutClassFile_isLeftToTheJvm() {
    byte[] whole = compile("System.exit(1); return System.getenv(\"a\");");

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      byte[] redirected = SystemCalls.redirect(cut, ClassConstants.marks(cut), true);
      assertThat(redirected.length).isIn(cut.length, cut.length + ADDED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void redirect_anyByteChanged_neverThrows(int value) {
    byte[] whole = compile("System.exit(1); return System.getenv(\"a\");");

    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] = (byte) value;
      assertThat(SystemCalls.redirect(damaged, ClassConstants.marks(damaged), true)).isNotNull();
    }
  }

  @Test
  void redirect_fullConstantPool_isLeftAsItIs() throws IOException {
    byte[] full = callOfExit(65_535);
    byte[] almost = callOfExit(65_533);

    assertThat(SystemCalls.redirect(full, ClassConstants.marks(full), false)).isSameAs(full);
    assertThat(SystemCalls.redirect(almost, ClassConstants.marks(almost), false).length)
        .isEqualTo(almost.length + ADDED);
  }

  @Test
  void functionThatCallsTheSystem_isCollectedWhenItIsRemoved() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Supplier<ClassLoader> {"
                    + " public ClassLoader get() { System.getenv(\"COLOUR\");"
                    + " return F.class.getClassLoader(); } }")
            .build("f.jar");
    FunctionHandle function = deploy("f", FunctionSpec.builder(jar).env("COLOUR", "red"));
    WeakReference<ClassLoader> loader =
        new WeakReference<>(function.invoke(null, ClassLoader.class));

    function.undeploy().toCompletableFuture().get(60, TimeUnit.SECONDS);

    UnloadAssert.assertCollected(loader);
  }

  private byte[] compile(String body) {
    return jar(body).compile().get("acme/F.class");
  }

  /** The beginning of a class file whose pool has so many constants and a call of exit. */
  private static byte[] callOfExit(int constants) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xCAFEBABE);
    out.writeInt(61);
    out.writeShort(constants);
    for (String text : new String[] {"java/lang/System", "exit", "(I)V"}) {
      out.writeByte(1); // 1, 2, 3
      out.writeUTF(text);
    }
    out.writeByte(7); // 4
    out.writeShort(1);
    out.writeByte(12); // 5
    out.writeShort(2);
    out.writeShort(3);
    out.writeByte(10); // 6
    out.writeShort(4);
    out.writeShort(5);
    for (int i = 7; i < constants; i++) {
      out.writeByte(1);
      out.writeUTF("");
    }
    return bytes.toByteArray();
  }
}
