/**
 * What keeps functions from reaching for the process: calls of theirs that mean the whole JVM are redirected while their
 * classes are defined.
 *
 * <p>{@link dev.hearth.guard.ClassGuard} rewrites a class file, {@link dev.hearth.guard.FunctionSystem} takes the calls; each
 * function's loader has one of its own. Calls by reflection, and those of classes that other loaders define, are not seen.
 */
@NullMarked
package dev.hearth.guard;

import org.jspecify.annotations.NullMarked;
