/**
 * Micronaut's function-web: classes annotated with {@code io.micronaut.function.FunctionBean}, and methods of factories that are, any
 * number of them in an archive.
 *
 * <p>{@link dev.hearth.signature.micronaut.MicronautSignature} recognises them by the annotation's name; {@link
 * dev.hearth.signature.micronaut.MicronautGlue} binds them over the annotation that the function has. Nothing is injected: Micronaut's
 * bean container is not started. The variable {@code MICRONAUT_FUNCTION_CONTEXT_PATH} has its vendor's meaning.
 */
@NullMarked
package dev.hearth.signature.micronaut;

import org.jspecify.annotations.NullMarked;
