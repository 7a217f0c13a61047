@NullMarked
package dev.hearth.route;

import org.jspecify.annotations.NullMarked;
