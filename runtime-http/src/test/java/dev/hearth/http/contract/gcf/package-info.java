/** Tests of the Functions Framework's contract, over sockets. */
@NullMarked
package dev.hearth.http.contract.gcf;

import org.jspecify.annotations.NullMarked;
