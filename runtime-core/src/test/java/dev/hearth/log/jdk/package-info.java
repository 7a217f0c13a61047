@NullMarked
package dev.hearth.log.jdk;

import org.jspecify.annotations.NullMarked;
