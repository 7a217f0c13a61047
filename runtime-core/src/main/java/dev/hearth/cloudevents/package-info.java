/**
 * The rules of CloudEvents 1.0 over HTTP, without any vendor's types: what an event is, and how it is read from and
 * written to headers and JSON.
 *
 * <p>Start at {@link dev.hearth.cloudevents.Event} and {@link dev.hearth.cloudevents.EventMode}. Used by the host and, as a
 * copy beside a function, by glue whose vendor has a type for events: these classes refer to nothing that glue does not see.
 * {@link dev.hearth.cloudevents.JsonText} is the JSON they need, as plain maps and lists: numbers keep their digits and nulls
 * are kept.
 */
@NullMarked
package dev.hearth.cloudevents;

import org.jspecify.annotations.NullMarked;
