/**
 * Measures whole processes over a socket, Hearth's beside others', interleaved on one machine.
 *
 * <p>{@link dev.hearth.benchmarks.process.Main} is the command, {@code benchmarks/run} its wrapper. A
 * <em>contender</em> is a server that can be started; all of them do what {@link
 * dev.hearth.benchmarks.function.Hello} does.
 */
@NullMarked
package dev.hearth.benchmarks.process;

import org.jspecify.annotations.NullMarked;
