/**
 * What a contract is: a platform's wire protocol, seen from the runtime.
 *
 * <p>A {@link dev.hearth.http.contract.Contract} is given each request as an {@link
 * dev.hearth.http.contract.HttpExchange}, on an event loop, as soon as its head is there. It answers itself, has a
 * function called, or asks for the body on a thread that may block. It translates; it never loads code and
 * knows nothing of sockets. What the platforms have in common (how an outcome becomes an answer, error texts, trace and
 * request ids) is here once; what one platform wants is in its own package below, which no other refers to.
 */
@NullMarked
package dev.hearth.http.contract;

import org.jspecify.annotations.NullMarked;
