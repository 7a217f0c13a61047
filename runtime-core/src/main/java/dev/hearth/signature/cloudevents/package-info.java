/**
 * Events as {@code io.cloudevents.CloudEvent}, for functions that take or give that type.
 *
 * <p>{@link dev.hearth.signature.cloudevents.CloudEvents} reads one from a request, by the rules of {@link
 * dev.hearth.cloudevents}. These classes are compiled against {@code io.cloudevents:cloudevents-api} and defined next to a
 * function's own classes, where they link against the copy that the function sees; the host loads none of them.
 */
@NullMarked
package dev.hearth.signature.cloudevents;

import org.jspecify.annotations.NullMarked;
