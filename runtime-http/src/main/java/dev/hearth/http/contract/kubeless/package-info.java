/**
 * The contract of Kubeless' function runtimes, and of Kyma's, which grew out of them: one function from a directory, told of by
 * variables, behind every path, with {@code /healthz} and {@code /metrics} beside it.
 *
 * <p>Start at {@link dev.hearth.http.contract.kubeless.KubelessContract}. The <em>flavour</em> says which of both platforms it
 * is. The facts are those of Kubeless' {@code DEVELOPER_GUIDE.md} and runtimes, and of Kyma's documentation of its variables
 * and runtimes.
 */
@NullMarked
package dev.hearth.http.contract.kubeless;

import org.jspecify.annotations.NullMarked;
