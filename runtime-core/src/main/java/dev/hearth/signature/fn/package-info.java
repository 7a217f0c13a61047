/**
 * Fn's Java API, {@code com.fnproject.fn.api}: any public method, named as {@code pkg.Class::method}, whose parameters and result
 * are converted by coercions.
 *
 * <p>{@link dev.hearth.signature.fn.FnSignature} is the host's half, {@link dev.hearth.signature.fn.FnGlue} the function's. A
 * <em>runtime</em> here is what Fn's kit calls a runtime context: one instance's function object, coercions, invokers and attributes. The
 * function's variables are its configuration.
 *
 * <p>The request is the event: its headers but those of the connection, and its body, which can be consumed once. A call that Fn
 * made carries the header {@code Fn-Call-Id}; with it come
 *
 * <table>
 * <caption>Headers</caption>
 * <tr><th>{@code Fn-Call-Id}</th><td>the event's call id; the invocation's own where absent</td></tr>
 * <tr><th>{@code Fn-Deadline}</th><td>the event's deadline (RFC 3339, any offset); what the invocation has left where absent or
 * unreadable, an hour where it has no limit</td></tr>
 * <tr><th>{@code Fn-Http-Method}, {@code Fn-Http-Request-Url}, {@code Fn-Http-H-…}</th><td>the gateway context's method, URL and
 * headers</td></tr>
 * <tr><th>{@code X-B3-TraceId}, {@code -SpanId}, {@code -ParentSpanId}, {@code -Sampled}, {@code -Flags}</th><td>the tracing
 * context</td></tr>
 * </table>
 *
 * <p>and the response is what Fn's agent expects of a kit: status 200, 502, 504 or 500, the event's headers, {@code Fn-Http-Status} and
 * {@code Fn-Http-H-…} among them. A call without that header did not come through Fn: the gateway context is then of the request
 * itself, and what it sets are the response's own status and headers. No attributes are read.
 *
 * <p>Facts are those of the project's documentation and of its kit for Java, 1.0.212.
 */
@NullMarked
package dev.hearth.signature.fn;

import org.jspecify.annotations.NullMarked;
