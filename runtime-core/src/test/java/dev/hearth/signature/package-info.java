/** Tests of recognising and binding; a family's own test extends {@link dev.hearth.signature.SignatureContract}. */
@NullMarked
package dev.hearth.signature;

import org.jspecify.annotations.NullMarked;
