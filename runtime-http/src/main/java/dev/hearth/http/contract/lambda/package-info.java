/**
 * AWS Lambda's contract: the runtime calls its platform, the Runtime API, for events and posts their results.
 *
 * <p>Start at {@link dev.hearth.http.contract.lambda.LambdaPlatform}, which reads the variables, and at {@link
 * dev.hearth.http.contract.lambda.LambdaContract}, which has one {@code Poller} for each call that may run at once. A poller owns
 * one connection ({@code ApiConnection}); nothing of Netty is loaded. Facts are those of the AWS Lambda developer guide ("Using the Lambda
 * runtime API", "Building a custom runtime", "Response streaming"), of the official emulator and of the official Java client.
 */
@NullMarked
package dev.hearth.http.contract.lambda;

import org.jspecify.annotations.NullMarked;
