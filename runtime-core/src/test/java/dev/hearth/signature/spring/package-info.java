@NullMarked
package dev.hearth.signature.spring;

import org.jspecify.annotations.NullMarked;
