/** Stands for a sub-package of the host's glue code. */
@NullMarked
package dev.hearth.loader.glue.below;

import org.jspecify.annotations.NullMarked;
