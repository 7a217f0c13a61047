/** Tests of Azure Functions' Java API, by the numbers of the contract's cases. */
@NullMarked
package dev.hearth.signature.azure;

import org.jspecify.annotations.NullMarked;
