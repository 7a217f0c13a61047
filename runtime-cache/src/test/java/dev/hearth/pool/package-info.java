@NullMarked
package dev.hearth.pool;

import org.jspecify.annotations.NullMarked;
