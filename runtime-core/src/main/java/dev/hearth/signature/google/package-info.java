/**
 * Google's Functions Framework: {@code HttpFunction}, {@code TypedFunction}, {@code BackgroundFunction}, {@code
 * RawBackgroundFunction} and {@code CloudEventsFunction} of {@code com.google.cloud.functions}.
 *
 * <p>{@link dev.hearth.signature.google.GoogleSignature} recognises them for the host; everything else here is glue, starting
 * with {@link dev.hearth.signature.google.GoogleGlue}. Event functions take events in both forms, legacy and CloudEvents, and are
 * given the one they are written for.
 *
 * <p>Of the function's variables {@code FUNCTION_SIGNATURE_TYPE} counts: {@code http}, {@code typed}, {@code event} or
 * {@code cloudevent}; without it the interface that the class implements decides. Calls need no attributes.
 *
 * <p>JSON of users' types is read and written by a private copy of Gson with default settings, as Google's runtime does,
 * whatever the archive brings.
 */
@NullMarked
package dev.hearth.signature.google;

import org.jspecify.annotations.NullMarked;
