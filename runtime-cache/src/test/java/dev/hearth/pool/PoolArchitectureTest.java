package dev.hearth.pool;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class PoolArchitectureTest extends ArchitectureRules {

  @Test
  void pools_knowNothingOfServers() {
    noClasses()
        .that()
        .resideInAPackage("dev.hearth.pool..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.netty..", "dev.hearth.http..", "dev.hearth.cli.."))
        .check(hearth);
  }
}
