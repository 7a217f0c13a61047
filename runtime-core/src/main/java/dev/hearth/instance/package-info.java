/**
 * Instance life cycle, warm state, concurrency.
 *
 * <p>An {@link dev.hearth.instance.InstancePool} holds the warm instances of one version, lends them to
 * invocations within the declared concurrency, and runs the calls.
 */
@NullMarked
package dev.hearth.instance;

import org.jspecify.annotations.NullMarked;
