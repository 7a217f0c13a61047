@NullMarked
package dev.hearth.unload;

import org.jspecify.annotations.NullMarked;
