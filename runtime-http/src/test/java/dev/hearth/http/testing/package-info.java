/** What tests of the server share: a raw client, functions to call, and a watch for buffers that are not given back. */
@NullMarked
package dev.hearth.http.testing;

import org.jspecify.annotations.NullMarked;
