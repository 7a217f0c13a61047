/** The native contract over a real socket. */
@NullMarked
package dev.hearth.http.contract.hearth;

import org.jspecify.annotations.NullMarked;
