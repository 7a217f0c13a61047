/**
 * JMH suites, one question each; {@code benchmarks/jmh NAME} runs one.
 *
 * <p>{@link dev.hearth.benchmarks.process} measures whole processes instead.
 */
@NullMarked
package dev.hearth.benchmarks;

import org.jspecify.annotations.NullMarked;
