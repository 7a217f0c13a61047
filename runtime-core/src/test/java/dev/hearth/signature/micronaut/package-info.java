@NullMarked
package dev.hearth.signature.micronaut;

import org.jspecify.annotations.NullMarked;
