/** Knative's contract and CloudEvents over a real socket. */
@NullMarked
package dev.hearth.http.contract.knative;

import org.jspecify.annotations.NullMarked;
