/**
 * What brings {@code java.util.logging} and {@link System.Logger} of functions to the host's log, for processes that belong to Hearth.
 *
 * <p>Both are one for a whole JVM and are chosen when it first logs, so that only who owns the process may choose: the {@code hearth}
 * command does. In a service that embeds Hearth nothing of this is used unless the service asks for it, by the system property
 * {@code java.util.logging.manager} = {@link dev.hearth.log.jdk.FunctionLogManager} and by naming {@link
 * dev.hearth.log.jdk.FunctionLoggerFinder} as a service {@code java.lang.System$LoggerFinder}. Lines of the service itself go to its SLF4J
 * then.
 */
@NullMarked
package dev.hearth.log.jdk;

import org.jspecify.annotations.NullMarked;
