/**
 * Nuclio's contract with the runtime of a worker, in its Java column: the processor listens on a TCP port, starts the process, sends
 * one event a line as JSON, and reads answers, log records and metrics as lines from the same connection.
 *
 * <p>{@link dev.hearth.http.contract.nuclio.NuclioPlatform} says what its variables mean, {@link
 * dev.hearth.http.contract.nuclio.NuclioContract} connects and serves. The facts are those of Nuclio's sources: {@code
 * pkg/processor/runtime/java} and {@code pkg/processor/runtime/rpc} ({@code encoder}, {@code connection}, {@code result}).
 */
@NullMarked
package dev.hearth.http.contract.nuclio;

import org.jspecify.annotations.NullMarked;
