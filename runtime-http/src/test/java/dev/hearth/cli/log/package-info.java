/** Tests of the process's log. */
@NullMarked
package dev.hearth.cli.log;

import org.jspecify.annotations.NullMarked;
