package dev.hearth.http;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import dev.hearth.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ServerArchitectureTest extends ArchitectureRules {

  @Test
  void server_knowsNothingOfPoolsOrTheCommand() {
    noClasses()
        .that()
        .resideInAPackage("dev.hearth.http..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.hearth.pool..", "dev.hearth.cli.."))
        .check(hearth);
  }

  @Test
  void nativeContract_aloneKeepsAnswers() {
    noClasses()
        .that()
        .resideInAPackage("dev.hearth.http..")
        .and()
        .resideOutsideOfPackage("dev.hearth.http.contract.hearth")
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.hearth.cache.."))
        .check(hearth);
  }

  @Test
  void contracts_knowNothingOfEachOther() {
    slices()
        .matching("dev.hearth.http.contract.(*)..")
        .should()
        .notDependOnEachOther()
        .check(hearth);
  }

  @Test
  void core_knowsNothingOfTheModulesAbove() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.hearth",
            "dev.hearth.function..",
            "dev.hearth.cloudevents..",
            "dev.hearth.loader..",
            "dev.hearth.signature..",
            "dev.hearth.invoke..",
            "dev.hearth.instance..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.hearth.http..", "dev.hearth.cli..", "dev.hearth.pool.."))
        .check(hearth);
  }
}
