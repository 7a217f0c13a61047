/**
 * What {@code hearth verify} finds out about an archive by reading class files; nothing of it is loaded or run.
 *
 * <p>Start at {@link dev.hearth.cli.verify.ClassScan}. What a program does by reflection, or decides at run time, is not seen.
 */
@NullMarked
package dev.hearth.cli.verify;

import org.jspecify.annotations.NullMarked;
