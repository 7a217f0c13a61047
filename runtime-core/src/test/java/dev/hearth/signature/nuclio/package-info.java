@NullMarked
package dev.hearth.signature.nuclio;

import org.jspecify.annotations.NullMarked;
