/**
 * SLF4J's way to the host's log, for functions that bring {@code slf4j-api} without a backend.
 *
 * <p>These classes, and those of {@code org.slf4j.impl}, are no part of the host: they are the provided set {@code slf4j}, defined by each
 * such function's own loader next to its own copy of SLF4J. SLF4J 1.x finds {@code org.slf4j.impl.StaticLoggerBinder} by its name,
 * SLF4J 2 finds {@link dev.hearth.slf4j.HearthProvider} as a service. What both share uses only what both versions of the API have.
 */
@NullMarked
package dev.hearth.slf4j;

import org.jspecify.annotations.NullMarked;
