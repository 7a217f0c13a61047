/** The admin port over a real socket. */
@NullMarked
package dev.hearth.http.ops;

import org.jspecify.annotations.NullMarked;
