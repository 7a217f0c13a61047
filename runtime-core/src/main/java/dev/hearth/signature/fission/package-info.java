/**
 * Fission's two Java interfaces, which share the name {@code io.fission.Function}: one takes Spring's {@code
 * RequestEntity} and gives a {@code ResponseEntity}, the other takes a JAX-RS {@code ContainerRequestContext}
 * and gives a {@code Response}. {@link dev.hearth.signature.fission.FissionSignature} tells them apart by what
 * the handler was compiled against. Neither interface itself is compiled against here; the types around it are.
 */
@NullMarked
package dev.hearth.signature.fission;

import org.jspecify.annotations.NullMarked;
