/** Tests of what keeps functions from reaching for the process. */
@NullMarked
package dev.hearth.guard;

import org.jspecify.annotations.NullMarked;
