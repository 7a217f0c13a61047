@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;
