@NullMarked
package dev.hearth.heap;

import org.jspecify.annotations.NullMarked;
