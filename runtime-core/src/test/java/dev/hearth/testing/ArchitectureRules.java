package dev.hearth.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The walls between packages that hold in every module. A module extends this and adds its own; what is
 * checked is every Hearth class the module can see, so that no cycle runs through two modules.
 */
public abstract class ArchitectureRules {

  /** Hearth's own classes on this module's class path. */
  protected static JavaClasses hearth;

  @BeforeAll
  static void importClasses() {
    hearth =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The test support of another module comes as a jar once that module is packaged.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.hearth");
  }

  @Test
  void packages_dependOnEachOther_withoutCycles() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(hearth);
  }

  @Test
  void publicSignatures_nameNoInternalType() {
    List<String> leaks = new ArrayList<>();
    for (JavaClass type : hearth) {
      if (isInternal(type)) {
        continue;
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (unit.getModifiers().contains(JavaModifier.PUBLIC)
            && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          namedBy(unit).stream()
              .map(JavaClass::getBaseComponentType)
              .filter(ArchitectureRules::isInternal)
              .forEach(leak -> leaks.add(unit.getFullName() + " names " + leak.getName()));
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Test
  void packages_areNullMarked() {
    List<String> unmarked = new ArrayList<>();
    for (JavaPackage each : hearth.getDefaultPackage().getSubpackagesInTree()) {
      if (each.getName().startsWith("dev.hearth")
          && !each.getClasses().isEmpty()
          && !each.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(each.getName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static List<JavaClass> namedBy(JavaCodeUnit unit) {
    List<JavaClass> named = new ArrayList<>(unit.getRawParameterTypes());
    named.add(unit.getRawReturnType());
    named.addAll(unit.getThrowsClause().getTypes());
    return named;
  }

  /** Not public, or nested in something that is not. */
  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("dev.hearth")
        && (!type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getEnclosingClass().map(ArchitectureRules::isInternal).orElse(false));
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return SliceIdentifier.of(javaClass.getPackageName());
    }

    @Override
    public String getDescription() {
      return "each package";
    }
  }
}
