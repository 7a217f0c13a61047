/**
 * What the command writes to standard error: the host's log and what functions print, one line each with
 * the function, version, invocation and trace it belongs to.
 *
 * <p>Start at {@link dev.hearth.cli.log.ProcessLog}. It owns the process's streams, so only the command
 * installs it; an embedder's streams and SLF4J provider are never touched.
 */
@NullMarked
package dev.hearth.cli.log;

import org.jspecify.annotations.NullMarked;
