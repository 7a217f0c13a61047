@NullMarked
package dev.hearth.signature.kubeless;

import org.jspecify.annotations.NullMarked;
