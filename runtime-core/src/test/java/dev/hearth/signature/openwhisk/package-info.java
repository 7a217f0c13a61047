@NullMarked
package dev.hearth.signature.openwhisk;

import org.jspecify.annotations.NullMarked;
