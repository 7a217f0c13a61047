/**
 * Azure Functions' Java API: methods with {@code @FunctionName}.
 *
 * <p>{@link dev.hearth.signature.azure.AzureSignature} recognises them for the host; everything else is glue that lives in the function's
 * world, beginning with {@link dev.hearth.signature.azure.AzureGlue}. A <em>function</em> is a method, a class may have several; a
 * <em>binding</em> of Azure's (not to be mixed up with {@link dev.hearth.signature.spi.Binding}) is a source or sink of data that an
 * annotation declares by name and type.
 *
 * <p>There are two ways to call a function.
 *
 * <ul>
 *   <li><b>Plain.</b> The exchange is what the HTTP trigger gets and answers, its path matched against the route. For other triggers the
 *       body is what the trigger brings, and what the method returns is the answer. Other input bindings have nothing, other outputs go
 *       nowhere. Attributes are optional.
 *   <li><b>By envelope</b>, where the attribute {@code azure.envelope} is {@code default}. The body is the invocation request that the Azure
 *       host posts to a custom handler, {@code {"Data": …, "Metadata": …}}, whatever method and path; the answer is the invocation
 *       response, {@code {"Outputs": …, "Logs": …, "ReturnValue": …}}, complete, of type {@code application/json} and with no status set. An
 *       envelope that cannot be read is refused ({@link dev.hearth.signature.spi.InputException}), what the function throws is thrown; the
 *       contract answers both with a status that is not 2xx.
 * </ul>
 *
 * <table>
 * <caption>Attributes of a call</caption>
 * <tr><th>name</th><th>meaning</th><th>without it</th></tr>
 * <tr><td>{@code azure.envelope}</td><td>{@code default}: the call is by envelope</td><td>it is plain</td></tr>
 * <tr><td>{@code azure.http-output}</td><td>what {@code function.json} calls the HTTP output; the response of an HTTP trigger goes into
 *     {@code Outputs} under this name</td><td>{@code $return}, as the vendor's build tools call it: it is the {@code ReturnValue}</td></tr>
 * <tr><td>{@code azure.base64}</td><td>{@code true}: texts for outputs that are not HTTP's are written in base64, which the host
 *     decodes</td><td>as they are; the host takes those for base64 that happen to be valid base64</td></tr>
 * <tr><td>{@code azure.route-prefix}</td><td>what {@code host.json} puts before routes, for plain calls</td><td>{@code api}</td></tr>
 * </table>
 *
 * <p>The invocation's id is the call's. The trace is the call's {@code traceparent}, or the request's header of that name.
 *
 * <table>
 * <caption>Facts of a function, see {@link dev.hearth.signature.spi.Binding#facts}</caption>
 * <tr><th>name</th><th>meaning</th></tr>
 * <tr><td>{@code azure.function}</td><td>its {@code @FunctionName}</td></tr>
 * <tr><td>{@code azure.trigger}</td><td>the trigger's type as in {@code function.json}, such as {@code httpTrigger}</td></tr>
 * <tr><td>{@code azure.trigger-name}</td><td>the trigger's name, the key of {@code Data}</td></tr>
 * <tr><td>{@code azure.route}</td><td>HTTP only: the route's template, by default the function's name</td></tr>
 * <tr><td>{@code azure.methods}</td><td>HTTP only: methods, set off by commas; empty for all</td></tr>
 * <tr><td>{@code azure.auth-level}</td><td>HTTP only: {@code anonymous}, {@code function} or {@code admin}</td></tr>
 * </table>
 *
 * <p>Of the function's variables {@code HEARTH_AZURE_INSTANCES} counts: {@code call}, the default, makes an object for each call, as Azure
 * does; {@code warm} keeps one per instance of the version.
 *
 * <p>Users' types are bound by Gson with default settings, as Azure's Java worker does: the archive's own copy, else the one in the provided
 * set {@code azure}.
 */
@NullMarked
package dev.hearth.signature.azure;

import org.jspecify.annotations.NullMarked;
