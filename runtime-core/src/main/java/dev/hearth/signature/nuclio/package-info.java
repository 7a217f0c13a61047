/**
 * Nuclio's Java API: {@code io.nuclio.EventHandler}.
 *
 * <p>{@link dev.hearth.signature.nuclio.NuclioSignature} is the host's half, {@link
 * dev.hearth.signature.nuclio.NuclioGlue} the function's. Nuclio publishes no jar of its API; the provided set {@code
 * nuclio} holds one written from its documentation, for archives that bring none.
 *
 * <p>The exchange is the event: body, headers, method and path, the query as fields. What an event has beyond that is
 * read from these attributes of the call:
 *
 * <table>
 * <caption>Attributes</caption>
 * <tr><th>{@code nuclio.trigger-kind}</th><td>{@code http} where absent</td></tr>
 * <tr><th>{@code nuclio.trigger-class}</th><td>null where absent, as Nuclio's processor leaves it</td></tr>
 * <tr><th>{@code nuclio.timestamp}</th><td>seconds since the epoch; the time of the call where absent</td></tr>
 * <tr><th>{@code nuclio.url}</th><td>path and query where absent</td></tr>
 * <tr><th>{@code nuclio.shard-id}, {@code nuclio.num-shards}</th><td>0 where absent</td></tr>
 * <tr><th>{@code nuclio.type}, {@code nuclio.type-version}, {@code nuclio.version}</th><td>empty where absent</td></tr>
 * <tr><th>{@code nuclio.worker-id}</th><td>stands in each log record; 0 where absent</td></tr>
 * </table>
 */
@NullMarked
package dev.hearth.signature.nuclio;

import org.jspecify.annotations.NullMarked;
