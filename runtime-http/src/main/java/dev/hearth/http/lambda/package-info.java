/**
 * What the contracts have in common that stand on either side of AWS Lambda: where code lies in an image, how failures are worded, how
 * X-Ray's trace header reads. Start at {@link dev.hearth.http.lambda.Failures} and {@link dev.hearth.http.lambda.TaskRoot}.
 */
@NullMarked
package dev.hearth.http.lambda;

import org.jspecify.annotations.NullMarked;
