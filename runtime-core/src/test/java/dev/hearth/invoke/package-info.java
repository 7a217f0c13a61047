@NullMarked
package dev.hearth.invoke;

import org.jspecify.annotations.NullMarked;
