package dev.hearth.loader;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Makes signed jars with a key of the moment. */
final class SignedJar {

  private static final char[] PASSWORD = "secret".toCharArray();

  private SignedJar() {}

  /** A signed jar of entries with some content. */
  static Path of(Path directory, String... names) throws Exception {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (String name : names) {
      content.put(name, name.getBytes(StandardCharsets.UTF_8));
    }
    return sign(directory, Files.write(directory.resolve("unsigned.jar"), TestJar.zip(content)));
  }

  static Path sign(Path directory, Path jar) throws Exception {
    KeyStore keys = keys(directory);
    PrivateKey key = (PrivateKey) keys.getKey("key", PASSWORD);
    JarSigner signer =
        new JarSigner.Builder(
                key,
                CertificateFactory.getInstance("X.509")
                    .generateCertPath(List.of(keys.getCertificate("key"))))
            .build();
    Path signed = directory.resolve("signed.jar");
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(signed)) {
      signer.sign(in, out);
    }
    return signed;
  }

  private static KeyStore keys(Path directory) throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException(Files.readString(directory.resolve("keytool.log")));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  /** The same jar, signature and all, with one entry replaced. */
  static Path replace(Path jar, String name, byte[] bytes) throws IOException {
    Map<String, byte[]> content = content(jar);
    content.put(name, bytes);
    return Files.write(jar.resolveSibling("changed.jar"), TestJar.zip(content));
  }

  static Map<String, byte[]> content(Path jar) throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          content.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return content;
  }
}
