/**
 * Measures whole processes over a socket, Hearth's beside others', interleaved on one machine.
 *
 * <p>{@link dev.hearth.benchmarks.process.Main} is the command, {@code benchmarks/run} its wrapper. A
 * <em>contender</em> is a server that can be started; where they are compared, all of them do what {@link
 * dev.hearth.benchmarks.function.Hello} does. A <em>peer</em> is a contender that is somebody else's runtime. A
 * <em>target</em> is what is wanted of a figure, its <em>verdict</em> what became of it.
 */
@NullMarked
package dev.hearth.benchmarks.process;

import org.jspecify.annotations.NullMarked;
