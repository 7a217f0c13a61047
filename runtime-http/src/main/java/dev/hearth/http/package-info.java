/**
 * Functions behind HTTP: a lean Netty server that hands each request to a contract.
 *
 * <p>The server and its limits live here; what a contract is, and how to write one, is in {@code dev.hearth.http.contract}.
 */
@NullMarked
package dev.hearth.http;

import org.jspecify.annotations.NullMarked;
