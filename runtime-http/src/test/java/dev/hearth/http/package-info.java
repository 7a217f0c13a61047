/** Tests of the server: its limits, its strictness, and what functions can do to their answers. */
@NullMarked
package dev.hearth.http;

import org.jspecify.annotations.NullMarked;
