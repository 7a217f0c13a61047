/**
 * Kubeless' Java API: {@code public String method(io.kubeless.Event, io.kubeless.Context)}.
 *
 * <p>{@link dev.hearth.signature.kubeless.KubelessSignature} is the host's half, {@link
 * dev.hearth.signature.kubeless.KubelessGlue} the function's. Kubeless publishes no jar of its API; the provided set
 * {@code kubeless} holds one written from its documentation, for archives that bring none.
 *
 * <p>The event is made from the request: its body and the {@code event-} headers, or what a CloudEvent says. The context is
 * made from these variables of the function, of which the first that is set counts:
 *
 * <table>
 * <caption>Variables</caption>
 * <tr><th>{@code HANDLER_FUNC_NAME}, {@code FUNC_HANDLER}</th><td>the method's name where absent</td></tr>
 * <tr><th>{@code FUNC_TIMEOUT}</th><td>seconds; {@code 180} where absent</td></tr>
 * <tr><th>{@code FUNC_RUNTIME}</th><td>{@code java} and the JDK's version where absent</td></tr>
 * <tr><th>{@code FUNC_MEMORY_LIMIT}</th><td>{@code 0} where absent</td></tr>
 * </table>
 *
 * <p>Where {@code PUBLISHER_PROXY_ADDRESS} is set, an event can send CloudEvents there.
 *
 * <p>No attributes are read.
 */
@NullMarked
package dev.hearth.signature.kubeless;

import org.jspecify.annotations.NullMarked;
