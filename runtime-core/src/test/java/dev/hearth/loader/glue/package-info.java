/** Stands for the host's glue code in tests of {@link dev.hearth.loader.BindingLoader}. */
@NullMarked
package dev.hearth.loader.glue;

import org.jspecify.annotations.NullMarked;
