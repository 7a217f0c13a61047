@NullMarked
package dev.hearth.http.contract.lambda;

import org.jspecify.annotations.NullMarked;
