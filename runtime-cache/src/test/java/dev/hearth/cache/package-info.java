@NullMarked
package dev.hearth.cache;

import org.jspecify.annotations.NullMarked;
