/** Tests of Fn's contract, over a real socket, by the numbers of its cases. */
@NullMarked
package dev.hearth.http.contract.fn;

import org.jspecify.annotations.NullMarked;
