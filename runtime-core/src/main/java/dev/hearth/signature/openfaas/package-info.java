/**
 * OpenFaaS' Java template: {@code com.openfaas.model.IHandler}, {@code AbstractHandler}.
 *
 * <p>{@link dev.hearth.signature.openfaas.OpenFaasSignature} is the host's half, {@link
 * dev.hearth.signature.openfaas.OpenFaasGlue} the function's. Without a copy in the archive, {@code
 * com.openfaas.model} comes from the provided set {@code openfaas}. It reads no attributes and no variables:
 * all that a handler can ask for is in the request.
 */
@NullMarked
package dev.hearth.signature.openfaas;

import org.jspecify.annotations.NullMarked;
