/**
 * Reads dumps of the heap to tell what holds a class loader that should be gone.
 *
 * <p>Start at {@link dev.hearth.heap.HolderSearch}. Nothing here is loaded unless somebody asks.
 */
@NullMarked
package dev.hearth.heap;

import org.jspecify.annotations.NullMarked;
