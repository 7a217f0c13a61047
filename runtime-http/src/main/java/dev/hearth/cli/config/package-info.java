/**
 * Reads {@code hearth.yaml}: text in, immutable settings or every problem with its place out.
 *
 * <p>Start at {@link dev.hearth.cli.config.ConfigFile}. Nothing here touches a host, a socket or the
 * environment; the YAML library is loaded only when a file is read.
 */
@NullMarked
package dev.hearth.cli.config;

import org.jspecify.annotations.NullMarked;
