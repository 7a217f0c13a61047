/**
 * CloudEvents over HTTP, for glue whose vendor hands {@code io.cloudevents.CloudEvent} to functions.
 *
 * <p>{@link dev.hearth.signature.cloudevents.CloudEvents} reads an event, in binary or structured mode, from a request. These
 * classes are compiled against {@code io.cloudevents:cloudevents-api} and defined next to a function's own classes, where
 * they link against the copy that the function sees; the host loads none of them. {@link
 * dev.hearth.signature.cloudevents.JsonText} is the JSON they need, as plain maps and lists: numbers keep their digits and nulls are
 * kept, which the function's own library need not do.
 */
@NullMarked
package dev.hearth.signature.cloudevents;

import org.jspecify.annotations.NullMarked;
