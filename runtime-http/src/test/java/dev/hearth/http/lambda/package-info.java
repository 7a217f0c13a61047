/** Tests of what Lambda's contracts share. */
@NullMarked
package dev.hearth.http.lambda;

import org.jspecify.annotations.NullMarked;
