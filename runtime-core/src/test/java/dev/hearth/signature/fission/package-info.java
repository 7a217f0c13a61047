@NullMarked
package dev.hearth.signature.fission;

import org.jspecify.annotations.NullMarked;
