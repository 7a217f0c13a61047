/**
 * What families share that have HTTP conventions of their own: {@link dev.hearth.signature.web.Paths} finds what a path names,
 * {@link dev.hearth.signature.web.Fields} takes queries and forms apart, {@link dev.hearth.signature.web.Multipart} bodies of
 * several parts. Defined once more next to each version that needs it.
 */
@NullMarked
package dev.hearth.signature.web;

import org.jspecify.annotations.NullMarked;
