/** The functions that are measured; each is packed into a jar of its own and compiles against the JDK only. */
@NullMarked
package dev.hearth.benchmarks.function;

import org.jspecify.annotations.NullMarked;
