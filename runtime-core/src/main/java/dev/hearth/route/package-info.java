/**
 * Names that stand for several versions of a function, each with its share of the calls: canaries, aliases.
 *
 * <p>Start at {@link dev.hearth.route.Route}. A route knows names and weights only; {@link dev.hearth.Hearth#callee} follows it.
 */
@NullMarked
package dev.hearth.route;

import org.jspecify.annotations.NullMarked;
