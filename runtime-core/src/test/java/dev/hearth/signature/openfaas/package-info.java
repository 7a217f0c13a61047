@NullMarked
package dev.hearth.signature.openfaas;

import org.jspecify.annotations.NullMarked;
