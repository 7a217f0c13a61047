@NullMarked
package dev.hearth.signature.json;

import org.jspecify.annotations.NullMarked;
