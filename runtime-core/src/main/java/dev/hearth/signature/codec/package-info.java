/**
 * Bodies in and out: {@link dev.hearth.signature.codec.StandardCodec} makes what functions take and writes
 * what they give, all but JSON, which it leaves to a library.
 */
@NullMarked
package dev.hearth.signature.codec;

import org.jspecify.annotations.NullMarked;
