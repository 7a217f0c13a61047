/** Tests of Kubeless' contract and of Kyma's flavour of it, by the numbers of their cases. */
@NullMarked
package dev.hearth.http.contract.kubeless;

import org.jspecify.annotations.NullMarked;
