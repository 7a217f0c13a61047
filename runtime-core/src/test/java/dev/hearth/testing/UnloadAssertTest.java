package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class UnloadAssertTest {

  @Test
  void assertCollected_loaderThatNothingHolds_passes() {
    UnloadAssert.assertCollected(new WeakReference<>(new URLClassLoader(new URL[0], null)));
  }

  @Test
  void assertCollected_loaderThatIsHeld_failsAndSaysWhereTheDumpIs() throws Exception {
    ClassLoader held = new URLClassLoader(new URL[0], null);

    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class, () -> UnloadAssert.assertCollected(new WeakReference<>(held)));

    Matcher dump = Pattern.compile("in (\\S+\\.hprof)").matcher(failure.getMessage());
    assertThat(dump.find()).isTrue();
    Path file = Path.of(dump.group(1));
    assertThat(file).isNotEmptyFile();
    Files.delete(file);
    assertThat(held).isNotNull(); // until here
  }
}
