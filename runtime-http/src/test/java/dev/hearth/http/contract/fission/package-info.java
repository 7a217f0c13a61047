/** Fission's contract over a real socket. */
@NullMarked
package dev.hearth.http.contract.fission;

import org.jspecify.annotations.NullMarked;
