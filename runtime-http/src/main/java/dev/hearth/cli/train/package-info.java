/**
 * What {@code hearth train} does: has the JVM write its cache of classes while the distribution serves a function, and measures what that
 * is worth.
 */
@NullMarked
package dev.hearth.cli.train;

import org.jspecify.annotations.NullMarked;
