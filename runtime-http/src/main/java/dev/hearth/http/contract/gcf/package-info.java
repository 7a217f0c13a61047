/**
 * The contract of Google's Functions Framework: one function behind every path, as Cloud Run functions run it.
 *
 * <p>Start at {@link dev.hearth.http.contract.gcf.GcfContract}. What the vendor's Java API does to requests, responses and events is in
 * {@code dev.hearth.signature.google}; here is what a server of the framework does around it. Facts are from the framework's
 * contract (repository functions-framework, README) and, where that is silent, from its Java runtime.
 */
@NullMarked
package dev.hearth.http.contract.gcf;

import org.jspecify.annotations.NullMarked;
