/**
 * AWS Lambda as its callers see it, on this machine: the Invoke API with versions and aliases, what the official runtime interface
 * emulator serves, and API Gateway's, function URLs' and load balancers' ways from HTTP to events.
 *
 * <p>{@link dev.hearth.http.contract.emulator.EmulatorContract} tells apart by path; {@code InvokeApi}, {@code AdminApi}, {@code
 * ClassicApi} and {@code Gateway} answer. {@code Catalogue} knows what names, versions and aliases mean.
 *
 * <p>Words: an <i>event</i> is what an invocation of type {@code Event} is queued as; a <i>target</i> is what a name and a qualifier
 * have led to.
 *
 * <p>Sources: AWS Lambda, API reference, <i>Invoke</i>, <i>InvokeWithResponseStream</i>, <i>CreateAlias</i>; developer guide,
 * <i>Asynchronous invocation</i>; aws/aws-lambda-runtime-interface-emulator.
 */
@NullMarked
package dev.hearth.http.contract.emulator;

import org.jspecify.annotations.NullMarked;
