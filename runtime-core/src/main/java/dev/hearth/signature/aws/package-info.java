/**
 * AWS Lambda's Java programming model: {@code RequestHandler}, {@code RequestStreamHandler} and plain methods.
 *
 * <p>{@link dev.hearth.signature.aws.LambdaSignature} recognises handlers on the host's side. Everything else is glue that lives in
 * the function's world, next to the function's own copies of {@code aws-lambda-java-core} and of the vendor's JSON library; {@link
 * dev.hearth.signature.aws.LambdaGlue} is its entry. The library caches user classes in statics by name, which is why no two functions
 * may share it.
 *
 * <p>A call's facts come from {@link dev.hearth.function.Context#attributes}:
 *
 * <table>
 * <caption>Attributes</caption>
 * <tr><th>name</th><th>meaning</th><th>without it</th></tr>
 * <tr><td>{@code lambda.request-id}</td><td>request id</td><td>the invocation's id</td></tr>
 * <tr><td>{@code lambda.invoked-function-arn}</td><td>ARN</td><td>made of region, a zero account and the function's name</td></tr>
 * <tr><td>{@code lambda.function-name}</td><td>name, where one process serves several</td><td>the variable below</td></tr>
 * <tr><td>{@code lambda.function-version}</td><td>version, likewise</td><td>the variable below</td></tr>
 * <tr><td>{@code lambda.client-context}</td><td>JSON of the mobile client</td><td>null</td></tr>
 * <tr><td>{@code lambda.cognito-identity}</td><td>JSON of the identity</td><td>null</td></tr>
 * <tr><td>{@code lambda.tenant-id}</td><td>tenant</td><td>null</td></tr>
 * <tr><td>{@code lambda.trace-id}</td><td>X-Ray trace header</td><td>null</td></tr>
 * <tr><td>{@code lambda.response-mode}</td><td>{@code streaming} sends what a stream handler writes as it is written</td><td>all of it at the
 *     end</td></tr>
 * </table>
 *
 * <p>A function's facts come from its variables: {@code AWS_LAMBDA_FUNCTION_NAME} (else the name it is deployed under), {@code
 * AWS_LAMBDA_FUNCTION_VERSION} (else {@code $LATEST}), {@code AWS_LAMBDA_FUNCTION_MEMORY_SIZE} (else 128), {@code
 * AWS_LAMBDA_LOG_GROUP_NAME} (else {@code /aws/lambda/} and the name), {@code AWS_LAMBDA_LOG_STREAM_NAME} (else Hearth's version), {@code
 * AWS_REGION} (else {@code us-east-1}), {@code AWS_LAMBDA_LOG_LEVEL} (else everything) and {@code AWS_LAMBDA_LOG_FORMAT} (else {@code TEXT}).
 * Where {@code AWS_LAMBDA_MAX_CONCURRENCY} is set, a call's trace is put where the AWS SDK looks for it on its thread.
 *
 * <p>Where {@code AWS_LAMBDA_LOG_GROUP_NAME}, {@code AWS_LAMBDA_LOG_FORMAT} or {@code _LAMBDA_TELEMETRY_LOG_FD} is set there is a platform that reads
 * the function's log from standard output, or that descriptor, and the logger writes what Lambda's own writes, byte for byte. Elsewhere its lines go to the host's log.
 */
@NullMarked
package dev.hearth.signature.aws;

import org.jspecify.annotations.NullMarked;
