package dev.hearth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ArchitectureRules {

  @Test
  void functionApi_usesJdkTypesOnly() {
    classes()
        .that()
        .resideInAPackage("dev.hearth.function")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.hearth.function", "java..", "javax.sql", "org.jspecify.annotations"))
        .check(hearth);
  }

  @Test
  void core_knowsNothingOfServers() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.netty..", "com.zaxxer..", "java.net.http..", "com.sun.net.."))
        .check(hearth);
  }
}
