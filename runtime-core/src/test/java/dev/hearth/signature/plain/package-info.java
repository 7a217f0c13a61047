@NullMarked
package dev.hearth.signature.plain;

import org.jspecify.annotations.NullMarked;
