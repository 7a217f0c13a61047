/**
 * JSON by each library that functions bring. These classes are compiled against the libraries and defined
 * next to a function's own classes, where each links against the copy that the function sees; the host
 * loads none of them.
 */
@NullMarked
package dev.hearth.signature.json;

import org.jspecify.annotations.NullMarked;
