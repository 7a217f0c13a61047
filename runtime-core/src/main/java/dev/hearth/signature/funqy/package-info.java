/**
 * Quarkus Funqy: public methods annotated with {@code io.quarkus.funqy.Funq}, any number of them in an archive, called over plain
 * HTTP or by CloudEvents.
 *
 * <p>{@link dev.hearth.signature.funqy.FunqySignature} recognises them by the annotation's name; {@link
 * dev.hearth.signature.funqy.FunqyGlue} finds them and binds them over the annotation and the event types that the function has. The
 * variables {@code QUARKUS_FUNQY_EXPORT}, {@code QUARKUS_HTTP_ROOT_PATH} and {@code
 * QUARKUS_FUNQY_KNATIVE_EVENTS_MAPPING_<FUNCTION>_TRIGGER}, {@code …_RESPONSE_TYPE} and {@code …_RESPONSE_SOURCE} have their vendor's
 * meaning.
 */
@NullMarked
package dev.hearth.signature.funqy;

import org.jspecify.annotations.NullMarked;
