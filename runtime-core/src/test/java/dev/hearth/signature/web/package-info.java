@NullMarked
package dev.hearth.signature.web;

import org.jspecify.annotations.NullMarked;
