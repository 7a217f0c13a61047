/**
 * Results of functions that the host keeps, so that equal requests need not run the function again.
 *
 * <p>A <em>result cache</em> is declared per function as a {@link dev.hearth.cache.CacheSpec}. {@link
 * dev.hearth.cache.ResultCache} owns all of them and their budgets; {@link dev.hearth.cache.FunctionCache} is the part of one
 * function. A <em>flight</em> is one run of a function that all who sent an equal request wait for.
 *
 * <p>What is kept is strings and bytes: no entry holds on to a class of a function.
 */
@NullMarked
package dev.hearth.cache;

import org.jspecify.annotations.NullMarked;
