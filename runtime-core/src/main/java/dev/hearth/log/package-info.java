/**
 * Where lines that functions log end, whatever they log with.
 *
 * <p>A host has one {@link dev.hearth.log.LogSink}; an embedder who names none gets {@link dev.hearth.log.Slf4jSink}, which
 * hands lines to his own SLF4J. What a sink is given is text and numbers: nothing of a function is held by who keeps it.
 */
@NullMarked
package dev.hearth.log;

import org.jspecify.annotations.NullMarked;
