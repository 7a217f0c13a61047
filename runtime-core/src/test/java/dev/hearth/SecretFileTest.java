package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files, alone and as a function meets them; C08. */
@Timeout(60)
class SecretFileTest {

  @TempDir Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("secret"), content);
  }

  @Test
  void read_oneLineEndAtTheEnd_isNoPartOfIt() throws IOException {
    assertThat(SecretFile.of(file("s3cret")).read()).isEqualTo("s3cret");
    assertThat(SecretFile.of(file("s3cret\n")).read()).isEqualTo("s3cret");
    assertThat(SecretFile.of(file("s3cret\r\n")).read()).isEqualTo("s3cret");
    assertThat(SecretFile.of(file("s3cret\n\n")).read()).isEqualTo("s3cret\n");
  }

  @Test
  void read_fileReplaced_givesTheNewOne() throws IOException {
    SecretFile secret = SecretFile.of(file("old"));
    assertThat(secret.read()).isEqualTo("old");

    Path next = Files.writeString(directory.resolve("next"), "new");
    Files.move(next, secret.file(), StandardCopyOption.ATOMIC_MOVE);

    assertThat(secret.read()).isEqualTo("new");
  }

  @Test
  void C08_unusableFiles_areRefusedByNameAndNotShown() throws IOException {
    assertRefused(directory.resolve("absent"), "does not exist");
    assertRefused(directory, "is not a regular file");
    assertRefused(file(""), "is empty");
    assertRefused(file("\n"), "is empty");
    assertRefused(file("x".repeat(64 * 1024 + 1)), "is larger than 64 KiB");
    assertRefused(
        Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, 's', '3'}),
        "is not UTF-8 text");
    assertThat(SecretFile.of(file("s3cret")).toString()).doesNotContain("s3cret");
  }

  private static void assertRefused(Path file, String problem) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SecretFile.of(file).read())
        .withMessage("file " + file + " " + problem + expected(problem));
  }

  private static String expected(String problem) {
    return switch (problem) {
      case "is empty" -> "; expected the secret";
      case "is larger than 64 KiB" -> "; expected a file with nothing but the secret";
      default -> "";
    };
  }

  @Test
  void environment_propertiesAndSecrets_areThoseOfTheSpec() throws IOException {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Reads",
                """
                package acme;
                import dev.hearth.function.*;
                public class Reads implements ContextFunction<String, String> {
                  public String apply(String name, Context context) {
                    Environment e = context.environment();
                    return e.properties() + " " + e.secrets() + " " + e.secret(name);
                  }
                }
                """)
            .withApi()
            .build("reads.jar");
    FunctionSpec spec =
        FunctionSpec.builder(jar).property("quality", "80").secret("token", file("one\n")).build();
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle function = hearth.deploy("reads", spec);

      assertThat(function.invoke("token", String.class)).isEqualTo("{quality=80} [token] one");
      Files.move(
          Files.writeString(directory.resolve("next"), "two"),
          directory.resolve("secret"),
          StandardCopyOption.ATOMIC_MOVE);
      assertThat(function.invoke("token", String.class)).endsWith("two");
      assertThatExceptionOfType(FunctionFailedException.class)
          .isThrownBy(() -> function.invoke("other"))
          .withMessageContaining("asks for secret 'other', which its spec does not list")
          .withMessageContaining("[token]");
    }
  }

  @Test
  void C08_deploy_secretFileMissing_isRefusedByName() throws IOException {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Any",
                "package acme; public class Any implements java.util.function.Supplier<String> {"
                    + " public String get() { return \"\"; } }")
            .build("any.jar");
    FunctionSpec spec =
        FunctionSpec.builder(jar).secret("token", directory.resolve("absent")).build();
    try (Hearth hearth = Hearth.builder().build()) {
      assertThatExceptionOfType(DeployException.class)
          .isThrownBy(() -> hearth.deploy("any", spec))
          .withMessageContaining("function 'any': secret 'token': file")
          .withMessageContaining("does not exist");
    }
  }
}
