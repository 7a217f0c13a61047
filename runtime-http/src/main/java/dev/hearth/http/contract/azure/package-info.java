/**
 * Azure Functions' contract with a custom handler, {@code azure}: the Azure host owns triggers and bindings, and calls this process by
 * HTTP.
 *
 * <p>An <em>app folder</em> is the directory with {@code host.json} and a folder for each function with its {@code function.json}. A call
 * comes as an <em>envelope</em>, {@code {"Data": …, "Metadata": …}} posted to {@code /{function}}, or, where {@code host.json} asks for
 * that, <em>forwarded</em>: the client's own request. Start at {@link dev.hearth.http.contract.azure.AzureContract}.
 */
@NullMarked
package dev.hearth.http.contract.azure;

import org.jspecify.annotations.NullMarked;
