/**
 * The embedding API: build a host, deploy functions, invoke, swap, close.
 *
 * <p>Start at {@link dev.hearth.Hearth}. The host has no statics and opens no port; two can live in one
 * JVM without knowing of each other.
 */
@NullMarked
package dev.hearth;

import org.jspecify.annotations.NullMarked;
