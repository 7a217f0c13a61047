/** The contract of Azure Functions. */
@NullMarked
package dev.hearth.http.contract.azure;

import org.jspecify.annotations.NullMarked;
