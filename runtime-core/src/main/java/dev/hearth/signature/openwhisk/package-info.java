/**
 * OpenWhisk's Java actions: {@code public static JsonObject main(JsonObject)}.
 *
 * <p>{@link dev.hearth.signature.openwhisk.OpenWhiskSignature} is the host's half, {@link
 * dev.hearth.signature.openwhisk.OpenWhiskGlue} the function's. An <em>action</em> is a public static method of
 * that shape; the JSON types are Gson's, the archive's own or those of the provided set {@code openwhisk}. The
 * body is the action's argument, what an activation carries as {@code value}; an action has no other way to be told about its
 * call than the {@code __OW_} variables, so that no attributes are read.
 */
@NullMarked
package dev.hearth.signature.openwhisk;

import org.jspecify.annotations.NullMarked;
