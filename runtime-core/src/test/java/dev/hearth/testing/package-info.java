/**
 * What tests of every module build on: {@link dev.hearth.testing.TestJar} makes archives from source at
 * test time, {@link dev.hearth.testing.UnloadAssert} proves that a loader is gone.
 */
@NullMarked
package dev.hearth.testing;

import org.jspecify.annotations.NullMarked;
