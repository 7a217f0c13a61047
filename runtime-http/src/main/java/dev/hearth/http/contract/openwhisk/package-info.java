/**
 * OpenWhisk's contract: a container that is given an action once, by {@code /init}, and then runs it by {@code /run}.
 *
 * <p>Start at {@link dev.hearth.http.contract.openwhisk.OpenWhiskContract}. An <em>activation</em> is one run; what it
 * prints is framed by a <em>sentinel</em>, a line at its end on both of the process's streams. The facts are those of
 * OpenWhisk's {@code docs/actions-new.md} and of its Java runtime with the kind {@code java:8}.
 */
@NullMarked
package dev.hearth.http.contract.openwhisk;

import org.jspecify.annotations.NullMarked;
