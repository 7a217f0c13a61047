package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdkPackagesTest {

  @Test
  void hold_everyPackageOfTheRunningJdk() {
    for (Module module : ModuleLayer.boot().modules()) {
      assertThat(module.getPackages()).allMatch(JdkPackages::hold, module.getName());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme",
        "javax.inject",
        "javax.annotation",
        "javax.ws.rs",
        "javax.servlet.http",
        "org.xml.acme",
        "com.sun.jersey",
        "javafx",
        "io.netty.buffer",
        "dev.hearth",
        "java2d"
      })
  void hold_notWhatLibrariesBring(String name) {
    assertThat(JdkPackages.hold(name)).isFalse();
  }
}
