/** Tests of the command; those named IT start the assembled distribution. */
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
