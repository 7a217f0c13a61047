/**
 * Knative: Serving's runtime contract, the functions of {@code func}, and the data plane of Eventing.
 *
 * <p>Start at {@link dev.hearth.http.contract.knative.KnativeContract}. What an event is, and how it is read and written, is
 * {@link dev.hearth.cloudevents}'; here is what Knative makes of it.
 */
@NullMarked
package dev.hearth.http.contract.knative;

import org.jspecify.annotations.NullMarked;
